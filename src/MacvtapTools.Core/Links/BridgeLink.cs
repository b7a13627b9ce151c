using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A bridge: the switch inside the kernel. Whether it returns frames to where they came from is a matter of each port (hairpin).</summary>
public sealed class BridgeLink : Link
{
    internal BridgeLink(LinkRecord record, in LinkNames names)
        : base(record, names)
    {
    }

    /// <summary>Whether the spanning tree protocol runs.</summary>
    public bool SpanningTree => Facts.StpState is > 0;

    /// <summary>How long a port listens and learns before it forwards.</summary>
    public TimeSpan? ForwardDelay => FromCentiseconds(Facts.ForwardDelay);

    /// <summary>How long a learned address is kept.</summary>
    public TimeSpan? AgeingTime => FromCentiseconds(Facts.AgeingTime);

    /// <summary>Whether multicast goes only where it was asked for.</summary>
    public bool? MulticastSnooping => Facts.MulticastSnooping is { } value ? value != 0 : null;

    /// <summary>Whether the bridge looks at VLAN tags.</summary>
    public bool? VlanFiltering => Facts.VlanFiltering is { } value ? value != 0 : null;

    private BridgeFacts Facts => Record.Bridge!;

    private static TimeSpan? FromCentiseconds(uint? value) => value is { } v ? BridgeClock.ToTime(v) : null;
}
