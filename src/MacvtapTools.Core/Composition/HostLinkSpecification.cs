using MacvtapTools.Links;

namespace MacvtapTools.Composition;

/// <summary>A link for the host on a lower device that it shares with guests.</summary>
internal sealed record HostLinkSpecification
{
    /// <summary>The macvlan, in bridge mode.</summary>
    internal required MacvlanSpecification Link { get; init; }

    internal required Link LowerDevice { get; init; }

    /// <summary>Addresses with their prefix lengths.</summary>
    internal IReadOnlyList<string> Address { get; init; } = [];

    /// <summary>The next routers of the default routes.</summary>
    internal IReadOnlyList<string> Gateway { get; init; } = [];

    /// <summary>Networks that are on the link.</summary>
    internal IReadOnlyList<string> Route { get; init; } = [];

    /// <summary>Takes the lower device's addresses and routes over.</summary>
    internal bool MoveAddress { get; init; }
}
