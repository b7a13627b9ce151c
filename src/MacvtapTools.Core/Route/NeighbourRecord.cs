namespace MacvtapTools.Route;

/// <summary>One forwarding entry as the kernel told it.</summary>
internal sealed class NeighbourRecord
{
    internal byte Family { get; set; }

    internal int Index { get; set; }

    /// <summary>The entry is of the link's own list, not of the bridge that it is a port of.</summary>
    internal bool IsSelf { get; set; }

    /// <summary>The link-layer address; empty where the message has none.</summary>
    internal byte[] Address { get; set; } = [];

    internal bool IsMalformed { get; set; }

    /// <summary>The entry lets a multicast group into the link itself.</summary>
    internal bool IsOwnGroup => Family == RtnetlinkConstants.AF_BRIDGE && IsSelf && Address.Length == HardwareAddress.EthernetLength && HardwareAddress.IsMulticast(Address);
}
