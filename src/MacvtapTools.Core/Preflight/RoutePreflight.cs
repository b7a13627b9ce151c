using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Preflight;

/// <summary>
/// What the kernel would say to a new route, and to the removal of one: fib_table_insert and fib_create_info in net/ipv4, ip6_route_add and fib6_add in net/ipv6. Each way is
/// looked at first, then the preferred source, and last whether there is such a route.
/// </summary>
internal static class RoutePreflight
{
    /// <summary>A new route.</summary>
    /// <param name="wanted">The route.</param>
    /// <param name="links">The links of its ways.</param>
    /// <param name="networkNamespace">The namespace, as the user called it.</param>
    /// <param name="scene">What is there.</param>
    internal static Verdict CheckAdd(RouteRecord wanted, IReadOnlyList<Link> links, string? networkNamespace, RouteScene scene)
    {
        string operation = RouteClient.AddOperation(RouteClient.Describe(links, wanted, networkNamespace)[0]);
        scene.Place.RequireRights(operation);
        return wanted.Family == RtnetlinkConstants.AF_INET ? CheckIPv4(wanted, links, scene, operation) : CheckIPv6(wanted, links, scene, operation);
    }

    /// <summary>The removal of a route.</summary>
    internal static Verdict CheckRemove(LinkRoute route, LinkSession session)
    {
        string operation = RouteClient.RemoveOperation(route);
        LinkSnapshot.Take(session).RequireRights(operation);
        return new RouteClient(session.Conversation).IsListed(route.Record) ? Verdict.Accepted : throw new PredictedRefusal(Errno.ESRCH, operation);
    }

    private static Verdict CheckIPv4(RouteRecord wanted, IReadOnlyList<Link> links, RouteScene scene, string operation)
    {
        Verdict verdict = Verdict.Accepted;
        foreach (NextHop hop in wanted.NextHops) verdict = verdict.And(IPv4HopPreflight.Check(hop, links.First(l => l.InterfaceIndex == hop.Index), wanted, scene, operation));
        IPv4HopPreflight.RequireSource(wanted, scene, operation);
        if (scene.In(wanted.Family, wanted.Table).Any(r => IsSameDestination(r, wanted) && r.TypeOfService == 0 && (r.Metric ?? 0) == wanted.MetricWhenMade)) throw new PredictedRefusal(Errno.EEXIST, operation);
        return verdict;
    }

    private static Verdict CheckIPv6(RouteRecord wanted, IReadOnlyList<Link> links, RouteScene scene, string operation)
    {
        Verdict verdict = Verdict.Accepted;
        var before = new List<NextHop>();
        foreach (NextHop hop in wanted.NextHops)
        {
            verdict = verdict.And(IPv6HopPreflight.Check(hop, links.First(l => l.InterfaceIndex == hop.Index), wanted, scene, operation));
            IPv6HopPreflight.RequireSource(wanted, hop, scene, operation);

            // Unlike IPv4 it takes no way twice (ip6_route_info_append).
            if (before.Any(h => h.Index == hop.Index && h.Gateway.AsSpan().SequenceEqual(hop.Gateway))) throw new PredictedRefusal(Errno.EEXIST, operation);
            before.Add(hop);
        }

        if (scene.In(wanted.Family, wanted.Table).Any(r => IsSameDestination(r, wanted) && r.Metric == wanted.MetricWhenMade)) throw new PredictedRefusal(Errno.EEXIST, operation);
        return verdict;
    }

    private static bool IsSameDestination(RouteRecord one, RouteRecord other) =>
        one.PrefixLength == other.PrefixLength && one.SourceLength == 0 && (one.PrefixLength == 0 || one.Destination.AsSpan().SequenceEqual(other.Destination));
}
