using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of one interface flag: promiscuous, all multicast, multicast, ARP.</summary>
internal sealed record FlagChange : LinkChange
{
    private readonly uint _flag;
    private readonly bool _isInverse;
    private readonly bool _value;

    private FlagChange(Link link, string property, uint flag, bool value, bool isInverse = false)
        : base(link)
    {
        Property = property;
        _flag = flag;
        _value = value;
        _isInverse = isInverse;
    }

    internal override string Property { get; }

    internal override object? Wanted => _value;

    internal static FlagChange Promiscuous(Link link, bool value) => new(link, nameof(Promiscuous), RtnetlinkConstants.IFF_PROMISC, value);

    internal static FlagChange AllMulticast(Link link, bool value) => new(link, nameof(AllMulticast), RtnetlinkConstants.IFF_ALLMULTI, value);

    internal static FlagChange Multicast(Link link, bool value) => new(link, nameof(Multicast), RtnetlinkConstants.IFF_MULTICAST, value);

    /// <summary>ARP is on where IFF_NOARP is off.</summary>
    internal static FlagChange Arp(Link link, bool value) => new(link, nameof(Arp), RtnetlinkConstants.IFF_NOARP, value, isInverse: true);

    internal override object? Read(Link link) => ((link.Record.Flags & _flag) != 0) != _isInverse;

    internal override void Compose(RequestBuffer requests) => Set(requests, _value);

    internal override void ComposeUndo(RequestBuffer requests) => Set(requests, (bool)Read(Link)!);

    private void Set(RequestBuffer requests, bool value) => LinkRequests.SetFlags(requests, Link.InterfaceIndex, value != _isInverse ? _flag : 0, _flag);
}
