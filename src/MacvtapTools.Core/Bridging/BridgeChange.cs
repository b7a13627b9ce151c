using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Bridging;

/// <summary>A change of one property of a bridge.</summary>
internal sealed record BridgeChange : LinkChange
{
    private readonly Func<BridgeLink, object?> _read;
    private readonly Func<object, BridgeSettings> _settings;

    private BridgeChange(BridgeLink link, string property, Func<BridgeLink, object?> read, Func<object, BridgeSettings> settings, object value)
        : base(link)
    {
        Property = property;
        _read = read;
        _settings = settings;
        Wanted = value;
    }

    internal override string Property { get; }

    internal override object? Wanted { get; }

    internal static BridgeChange SpanningTree(BridgeLink link, bool value) =>
        new(link, nameof(BridgeLink.SpanningTree), l => l.SpanningTree, v => new BridgeSettings { StpState = (bool)v ? 1u : 0u }, value);

    internal static BridgeChange ForwardDelay(BridgeLink link, TimeSpan value) =>
        new(link, nameof(BridgeLink.ForwardDelay), l => l.ForwardDelay, v => new BridgeSettings { ForwardDelay = Centiseconds(v) }, Rounded(value));

    internal static BridgeChange AgeingTime(BridgeLink link, TimeSpan value) =>
        new(link, nameof(BridgeLink.AgeingTime), l => l.AgeingTime, v => new BridgeSettings { AgeingTime = Centiseconds(v) }, Rounded(value));

    internal static BridgeChange MulticastSnooping(BridgeLink link, bool value) =>
        new(link, nameof(BridgeLink.MulticastSnooping), l => l.MulticastSnooping, v => new BridgeSettings { MulticastSnooping = (bool)v ? (byte)1 : (byte)0 }, value);

    internal override object? Read(Link link) => link is BridgeLink bridge ? _read(bridge) : null;

    internal override bool IsMade(Link link) => IsKept(Wanted, Read(link));

    internal override bool IsTakenBack(Link link) => IsKept(Read(Link), Read(link));

    internal override void Compose(RequestBuffer requests) => LinkRequests.ChangeKind(requests, Link.InterfaceIndex, _settings(Wanted!));

    internal override void ComposeUndo(RequestBuffer requests)
    {
        if (Read(Link) is { } before) LinkRequests.ChangeKind(requests, Link.InterfaceIndex, _settings(before));

        // To switch the spanning tree on brings the forward delay into 2 to 30 seconds; to switch it off again does not bring it back.
        if (Property == nameof(BridgeLink.SpanningTree) && Equals(Wanted, true) && Link is BridgeLink { ForwardDelay: { } delay })
            LinkRequests.ChangeKind(requests, Link.InterfaceIndex, new BridgeSettings { ForwardDelay = Centiseconds(delay) });
    }

    private static bool IsKept(object? given, object? kept) =>
        given is TimeSpan && kept is TimeSpan ? BridgeClock.IsKept(Centiseconds(given), Centiseconds(kept)) : Equals(given, kept);

    private static TimeSpan Rounded(TimeSpan time) => BridgeClock.ToTime(Centiseconds(time));

    private static uint Centiseconds(object time) => BridgeClock.ToCentiseconds((TimeSpan)time);
}
