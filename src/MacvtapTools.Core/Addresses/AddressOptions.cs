namespace MacvtapTools.Addresses;

/// <summary>What a user may say of a new address besides the address itself; what is null is left to the kernel.</summary>
internal sealed record AddressOptions
{
    /// <summary>IPv6: used at once, without looking whether another host has it.</summary>
    internal bool NoDuplicateAddressDetection { get; init; }

    /// <summary>No route to the address's network.</summary>
    internal bool NoPrefixRoute { get; init; }

    /// <summary>The address of the other end, with or without the prefix length of its network.</summary>
    internal string? Peer { get; init; }

    /// <summary>IPv4: the broadcast address, or "+" for the highest one of the network.</summary>
    internal string? Broadcast { get; init; }

    /// <summary>IPv4: up to 15 bytes.</summary>
    internal string? Label { get; init; }

    /// <summary>IPv4: how far the address reaches.</summary>
    internal AddressScope? Scope { get; init; }

    /// <summary>How long the address stays; null for ever.</summary>
    internal TimeSpan? ValidLifetime { get; init; }

    /// <summary>How long new connections use it; null as long as it stays.</summary>
    internal TimeSpan? PreferredLifetime { get; init; }

    /// <summary>The metric of the route to the address's network.</summary>
    internal uint? Metric { get; init; }
}
