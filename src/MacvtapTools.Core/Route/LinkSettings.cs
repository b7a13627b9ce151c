namespace MacvtapTools.Route;

/// <summary>What a new link is told beside its kind. Only what is set is sent.</summary>
internal sealed class LinkSettings
{
    /// <summary>Null lets the kernel pick one.</summary>
    internal string? Name { get; init; }

    /// <summary>0 lets the kernel pick one.</summary>
    internal int Index { get; init; }

    internal int? LowerIndex { get; init; }

    internal byte[]? Address { get; init; }

    internal uint? Mtu { get; init; }

    internal uint? TransmitQueueLength { get; init; }

    internal uint? QueueCount { get; init; }

    internal bool Up { get; init; }
}
