using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Routing;

/// <summary>Reads and changes the routes of one network namespace.</summary>
internal sealed class RouteClient(NetlinkConversation conversation)
{
    private static readonly byte[] Families = [RtnetlinkConstants.AF_INET, RtnetlinkConstants.AF_INET6];

    /// <summary>Routes, IPv4 before IPv6, each in the kernel's order. Routes that the kernel keeps for itself (its cache) are left out.</summary>
    /// <param name="links">The links that they lead over.</param>
    /// <param name="table">The routing table; 0 for all.</param>
    /// <param name="includesUnlinked">Also routes that lead over no link.</param>
    /// <param name="onInterrupted">Called where routes came and went during every attempt to read.</param>
    internal IReadOnlyList<LinkRoute> List(IReadOnlyList<Link> links, uint table, bool includesUnlinked = false, Action? onInterrupted = null)
    {
        var byIndex = new Dictionary<int, Link>();
        foreach (Link link in links) byIndex[link.InterfaceIndex] = link;
        int only = links.Count == 1 && !includesUnlinked ? links[0].InterfaceIndex : 0;
        string? networkNamespace = links.Count > 0 ? links[0].NetworkNamespace : null;
        var routes = new List<LinkRoute>();
        foreach (byte family in Families)
        {
            foreach (RouteRecord record in Read(family, table, only, onInterrupted))
            {
                if (record.NextHops.Count == 0 && includesUnlinked) routes.Add(new LinkRoute(record, default, null, networkNamespace));
                foreach (NextHop hop in record.NextHops)
                {
                    if (byIndex.TryGetValue(hop.Index, out Link? link)) routes.Add(new LinkRoute(record, hop, link.Name, networkNamespace));
                }
            }
        }

        return routes;
    }

    /// <summary>Makes a route over one link, and reads it back.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, ENETUNREACH, EHOSTUNREACH, EINVAL, ENETDOWN, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal LinkRoute Add(Link link, RouteRecord route) => Add([link], route, link.NetworkNamespace)[0];

    /// <summary>Makes a route, and reads it back.</summary>
    /// <param name="links">The links of its ways; none for one that drops packets.</param>
    /// <param name="route">The route.</param>
    /// <param name="networkNamespace">The namespace, as the user called it.</param>
    /// <returns>An object for each way.</returns>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, ENETUNREACH, EHOSTUNREACH, EINVAL, ENETDOWN, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal IReadOnlyList<LinkRoute> Add(IReadOnlyList<Link> links, RouteRecord route, string? networkNamespace)
    {
        RouteCodec.ComposeAdd(conversation.Compose(), route);
        LinkRoute wanted = Describe(links, route, networkNamespace)[0];
        conversation.Exchange()[0].ThrowIfFailed(AddOperation(wanted));
        RouteRecord listed = ReadBack.Of(() => Read(route.Family, route.Table, 0, null), $"there is the route to {wanted}", Shows(wanted), wanted).Find(r => IsSame(r, route, route.MetricWhenMade))
            ?? throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the route to {wanted} and does not list it.", $"Get-LinkRoute -Table {wanted.Table}{CommandText.Place(wanted.NetworkNamespace)} shows the routes; another program may have removed it.", wanted);
        return Describe(links, listed, networkNamespace);
    }

    /// <summary>Removes a route with all its ways, and looks that it is gone.</summary>
    /// <exception cref="NetlinkException">The kernel refused: ESRCH, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal void Remove(LinkRoute route)
    {
        RouteCodec.ComposeRemove(conversation.Compose(), route.Record);
        conversation.Exchange()[0].ThrowIfFailed(RemoveOperation(route));
        if (ReadBack.Of(() => IsListed(route.Record), $"there is no route to {route} any more", Shows(route), route))
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the removal of the route to {route} and still lists it.", $"Get-LinkRoute -Table {route.Table}{CommandText.Place(route.NetworkNamespace)} shows the routes; another program may have made it again.", route);
    }

    /// <summary>What is asked when a route is made, in words.</summary>
    internal static string AddOperation(LinkRoute route) => $"add the route to {route}";

    /// <summary>What is asked when a route is removed, in words.</summary>
    internal static string RemoveOperation(LinkRoute route) => $"remove the route to {route}";

    /// <summary>The routes of a family in all tables, as the kernel tells them.</summary>
    internal IReadOnlyList<RouteRecord> Records(byte family) => Read(family, RouteCodec.RT_TABLE_UNSPEC, 0, null);

    /// <summary>Whether the kernel lists a route.</summary>
    internal bool IsListed(RouteRecord route) => Read(route.Family, route.Table, 0, null).Exists(r => IsSame(r, route, route.Metric ?? 0) && r.TypeOfService == route.TypeOfService);

    /// <summary>A route over one link as it will be listed.</summary>
    internal static LinkRoute Describe(Link link, RouteRecord route) => Describe([link], route, link.NetworkNamespace)[0];

    /// <summary>A route as it is listed: an object for each way.</summary>
    internal static IReadOnlyList<LinkRoute> Describe(IReadOnlyList<Link> links, RouteRecord route, string? networkNamespace) => route.NextHops.Count == 0
        ? [new LinkRoute(route, default, null, networkNamespace)]
        : [.. route.NextHops.Select(h => new LinkRoute(route, h, links.FirstOrDefault(l => l.InterfaceIndex == h.Index)?.Name, networkNamespace))];

    /// <summary>IPv6 gives the loopback link to a route that drops packets.</summary>
    private static bool IsSame(RouteRecord listed, RouteRecord wanted, uint metric) =>
        listed.Family == wanted.Family && listed.Table == wanted.Table && listed.PrefixLength == wanted.PrefixLength && listed.Type == wanted.Type
        && IsSame(listed.Destination, wanted.Destination) && IsSame(listed.PreferredSource, wanted.PreferredSource)
        && (listed.Metric ?? 0) == metric && listed.NextHopId == wanted.NextHopId
        && (wanted.NextHops.Count == 0 || Ways(listed).SequenceEqual(Ways(wanted)));

    private static string Shows(LinkRoute route) => $"Get-LinkRoute -Table {route.Table}{CommandText.Place(route.NetworkNamespace)} shows the routes.";

    private static bool IsSame(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

    private static IEnumerable<(int Index, string Gateway, int Weight)> Ways(RouteRecord route) =>
        route.NextHops.Select(h => (h.Index, h.Gateway is { } gateway ? Convert.ToHexString(gateway) : string.Empty, h.Weight)).Order();

    private List<RouteRecord> Read(byte family, uint table, int index, Action? onInterrupted)
    {
        var found = new List<RouteRecord>();
        try
        {
            DumpOutcome outcome = conversation.Dump(
                requests => RouteCodec.ComposeDump(requests, family, table, index),
                found.Clear,
                (_, type, body) =>
                {
                    if (type != RtnetlinkConstants.RTM_NEWROUTE) return;
                    RouteRecord record = RouteCodec.Read(body);
                    bool fits = record.Family == family && (table == RouteCodec.RT_TABLE_UNSPEC || record.Table == table) && (record.Flags & RouteCodec.RTM_F_CLONED) == 0;
                    if (fits && !record.IsMalformed) found.Add(record);
                },
                "list the routes");
            if (outcome.IsInterrupted) onInterrupted?.Invoke();
        }
        catch (NetlinkException none) when (none.Errno is Errno.ENOENT or Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP)
        {
            // The kernel makes a table with its first route: before, there is none. Nor is there one where the kernel has no IPv6.
            found.Clear();
        }

        return found;
    }
}
