namespace MacvtapTools.Links;

/// <summary>A macvlan or macvtap to be made. What is null is left to the kernel.</summary>
internal sealed record MacvlanSpecification
{
    /// <summary>A macvtap, or else a macvlan.</summary>
    internal required bool IsTap { get; init; }

    internal string? Name { get; init; }

    /// <summary>The interface index of the lower device.</summary>
    internal required int LowerDeviceIndex { get; init; }

    internal required string LowerDevice { get; init; }

    internal LinkMode Mode { get; init; } = LinkMode.Vepa;

    internal ModeFlag? Flag { get; init; }

    /// <summary>In any usual spelling.</summary>
    internal string? MacAddress { get; init; }

    internal int? Mtu { get; init; }

    internal int? TransmitQueueLength { get; init; }

    internal int? InterfaceIndex { get; init; }

    internal int? QueueCount { get; init; }

    internal int? BroadcastQueueLength { get; init; }

    internal int? BroadcastCutoff { get; init; }

    internal IReadOnlyList<string>? SourceAddress { get; init; }

    internal string? Alias { get; init; }

    internal AddressGeneration? AddressGeneration { get; init; }

    internal bool Up { get; init; }

    /// <summary>How the user would call it.</summary>
    internal string Label => $"{(IsTap ? "macvtap" : "macvlan")} {(Name is null ? string.Empty : $"{Name} ")}on {LowerDevice}";
}
