namespace MacvtapTools.Forwarding;

/// <summary>The port of the bridge that the host outside is behind, which forwards. Frames to it leave the bridge there, and those from it enter there.</summary>
internal sealed record ScenePort(string Name, int InterfaceIndex)
{
    internal bool IsIsolated { get; init; }

    internal bool FloodsUnicast { get; init; } = true;

    internal bool FloodsBroadcast { get; init; } = true;

    internal bool FloodsMulticast { get; init; } = true;

    internal bool Learns { get; init; } = true;

    internal bool IsLocked { get; init; }

    /// <summary>Which of 01:80:c2:00:00:0X are forwarded from it, one bit each.</summary>
    internal int GroupForwardMask { get; init; }
}
