namespace MacvtapTools.Forwarding;

/// <summary>What decides at a port of a bridge which frames it takes and which it sends; the usual ones where nothing is said.</summary>
internal sealed record PortSettings
{
    /// <summary>Those of a new port.</summary>
    internal static PortSettings Usual { get; } = new();

    internal bool IsIsolated { get; init; }

    internal bool FloodsUnicast { get; init; } = true;

    internal bool FloodsBroadcast { get; init; } = true;

    internal bool FloodsMulticast { get; init; } = true;

    internal bool Learns { get; init; } = true;

    internal bool IsLocked { get; init; }

    /// <summary>Which of 01:80:c2:00:00:0X are forwarded from the port, one bit each.</summary>
    internal int GroupForwardMask { get; init; }

    /// <summary>Those of a port of the kernel's bridge.</summary>
    internal static PortSettings Of(BridgePort port) => new()
    {
        IsIsolated = port.Isolated == true,
        FloodsUnicast = port.UnicastFlood != false,
        FloodsBroadcast = port.BroadcastFlood != false,
        FloodsMulticast = port.MulticastFlood != false,
        Learns = port.Learning != false,
        IsLocked = port.Locked == true,
        GroupForwardMask = port.GroupForwardMask ?? 0,
    };
}
