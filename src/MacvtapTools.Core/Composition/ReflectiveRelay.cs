namespace MacvtapTools;

/// <summary>
/// A lower device for macvlan and macvtap links whose frames come back: one end of a veth pair, whose other end is a hairpin port of a bridge. As it was at one moment.
/// Where a lower device is asked for, it stands for its own.
/// </summary>
public sealed class ReflectiveRelay
{
    internal ReflectiveRelay(string id, Link? lower, Link? port, Link? bridge, Link? uplink)
    {
        Id = id;
        LowerLink = lower;
        PortLink = port;
        BridgeLink = bridge;
        UplinkLink = uplink;
    }

    /// <summary>The relay's name: that of its lower device; where that is gone, of a part that is left.</summary>
    public string Name => (LowerLink ?? BridgeLink ?? PortLink ?? UplinkLink)!.Name;

    /// <summary>The interface index of the link that it is named after.</summary>
    public int InterfaceIndex => (LowerLink ?? BridgeLink ?? PortLink ?? UplinkLink)!.InterfaceIndex;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The device to put links on; null where it is gone, or in another network namespace by now.</summary>
    public string? LowerDevice => LowerLink?.Name;

    /// <summary>The other end of the pair, the hairpin port; null where it is gone.</summary>
    public string? Port => PortLink?.Name;

    /// <summary>The bridge; null where it is gone.</summary>
    public string? Bridge => BridgeLink?.Name ?? PortLink?.Master;

    /// <summary>The port to the outside that came with the relay; null where there is none.</summary>
    public string? Uplink => UplinkLink?.Name;

    /// <summary>The bridge was made with the relay and goes with it.</summary>
    public bool OwnsBridge { get; internal init; }

    /// <summary>The MTU of the lower device in bytes; null where that is gone.</summary>
    public int? Mtu => LowerLink?.Mtu;

    /// <summary>Whether it does what it is for.</summary>
    public ReflectiveRelayStatus Status { get; internal init; }

    /// <summary>What keeps it from that, one sentence each.</summary>
    public IReadOnlyList<string> Problem { get; internal init; } = [];

    /// <summary>What the alternative names of its parts have in common.</summary>
    public string Id { get; }

    /// <summary>The network namespace as it was named when the relay was read; null for the current one.</summary>
    public string? NetworkNamespace => (LowerLink ?? BridgeLink ?? PortLink ?? UplinkLink)!.NetworkNamespace;

    internal Link? LowerLink { get; }

    internal Link? PortLink { get; }

    /// <summary>The bridge, whosever it is.</summary>
    internal Link? BridgeLink { get; }

    internal Link? UplinkLink { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
