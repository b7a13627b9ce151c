namespace MacvtapTools.Forwarding;

/// <summary>What decides about the frames of one macvlan or macvtap.</summary>
internal sealed record SceneLink
{
    internal required string Name { get; init; }

    internal int InterfaceIndex { get; init; }

    /// <summary>Its network namespace, as the user would name it; null for the current one. Forwarding takes no notice of it.</summary>
    internal string? NetworkNamespace { get; init; }

    internal bool IsTap { get; init; }

    internal required LinkMode Mode { get; init; }

    internal ModeFlag Flags { get; init; }

    /// <summary>The MAC address as a number.</summary>
    internal required ulong Address { get; init; }

    internal bool IsUp { get; init; } = true;

    /// <summary>Its own carrier: protodown takes it away where the lower device has one.</summary>
    internal bool HasCarrier { get; init; } = true;

    /// <summary>All-multicast or promiscuous: the filter of groups is open.</summary>
    internal bool TakesEveryGroup { get; init; }

    /// <summary>The groups that it lets in.</summary>
    internal IReadOnlySet<ulong> Groups { get; init; } = new HashSet<ulong>();

    /// <summary>What the filters on it do.</summary>
    internal SceneGuard Guard { get; init; } = SceneGuard.None;

    /// <summary>Source mode: from whom it receives.</summary>
    internal IReadOnlyList<ulong> Sources { get; init; } = [];
}
