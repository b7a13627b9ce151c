namespace MacvtapTools.Route;

/// <summary>One route as the kernel told it, or as it is to be.</summary>
internal sealed class RouteRecord
{
    internal byte Family { get; set; }

    internal int PrefixLength { get; set; }

    internal int SourceLength { get; set; }

    internal byte TypeOfService { get; set; }

    internal uint Table { get; set; }

    internal byte Protocol { get; set; }

    internal byte Scope { get; set; }

    internal byte Type { get; set; }

    internal uint Flags { get; set; }

    /// <summary>The destination's bytes; null for the default route.</summary>
    internal byte[]? Destination { get; set; }

    internal byte[]? PreferredSource { get; set; }

    internal uint? Metric { get; set; }

    /// <summary>The metric that the kernel gives to such a route when it is made: IPv6 takes none and 0 for its usual one (ip6_route_info_create).</summary>
    internal uint MetricWhenMade => Metric is > 0 and { } given ? given : Family == RtnetlinkConstants.AF_INET6 ? RouteCodec.IP6_RT_PRIO_USER : 0;

    /// <summary>The nexthop object that says the ways, for all routes that name it; null where the route has its own.</summary>
    internal uint? NextHopId { get; set; }

    /// <summary>What else belongs to it (<see cref="RouteCodec.IsKept"/>), as it was told: it goes back unchanged where the route is made again.</summary>
    internal IReadOnlyList<KeptAttribute> Kept { get; set; } = [];

    /// <summary>The ways out: none for a route that throws packets away.</summary>
    internal List<NextHop> NextHops { get; } = [];

    internal bool IsMalformed { get; set; }
}

/// <summary>One way out of a route.</summary>
/// <param name="Index">The link; 0 where there is none.</param>
/// <param name="Gateway">4 or 16 bytes, or null where the destination is on the link. An IPv4 route may have an IPv6 gateway.</param>
/// <param name="Flags">RTNH_F_*.</param>
/// <param name="Weight">Its share among several, from 1.</param>
internal readonly record struct NextHop(int Index, byte[]? Gateway, uint Flags, int Weight)
{
    /// <summary>What else belongs to this way: <see cref="RouteRecord.Kept"/>.</summary>
    internal IReadOnlyList<KeptAttribute>? Kept { get; init; }
}

/// <summary>An attribute that is not looked into.</summary>
/// <param name="Type">Its number.</param>
/// <param name="Value">Its bytes.</param>
internal readonly record struct KeptAttribute(int Type, byte[] Value);
