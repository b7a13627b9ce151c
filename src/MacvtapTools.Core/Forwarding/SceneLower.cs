namespace MacvtapTools.Forwarding;

/// <summary>What decides about the frames of a lower device.</summary>
internal sealed record SceneLower
{
    internal required string Name { get; init; }

    internal int InterfaceIndex { get; init; }

    internal string? NetworkNamespace { get; init; }

    internal required ulong Address { get; init; }

    internal bool IsUp { get; init; } = true;

    internal bool HasCarrier { get; init; } = true;

    /// <summary>A classic tap link: it has a carrier only while a program has it open.</summary>
    internal bool IsTap { get; init; }
}
