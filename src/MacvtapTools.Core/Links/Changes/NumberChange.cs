using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of MTU, transmit queue length or link group.</summary>
internal sealed record NumberChange : LinkChange
{
    private readonly int _attribute;
    private readonly Func<Link, int> _read;
    private readonly int _value;

    private NumberChange(Link link, string property, int attribute, Func<Link, int> read, int value)
        : base(link)
    {
        Property = property;
        _attribute = attribute;
        _read = read;
        _value = value;
    }

    internal override string Property { get; }

    internal override object? Wanted => _value;

    internal static NumberChange Mtu(Link link, int value) => new(link, nameof(MacvtapTools.Link.Mtu), IFLA.MTU, l => l.Mtu, value);

    internal static NumberChange TransmitQueueLength(Link link, int value) => new(link, nameof(MacvtapTools.Link.TransmitQueueLength), IFLA.TXQLEN, l => l.TransmitQueueLength, value);

    internal static NumberChange Group(Link link, int value) => new(link, nameof(MacvtapTools.Link.Group), IFLA.GROUP, l => l.Group, value);

    internal override object? Read(Link link) => _read(link);

    internal override void Compose(RequestBuffer requests) => LinkRequests.SetNumber(requests, Link.InterfaceIndex, _attribute, (uint)_value);

    internal override void ComposeUndo(RequestBuffer requests) => LinkRequests.SetNumber(requests, Link.InterfaceIndex, _attribute, (uint)_read(Link));
}
