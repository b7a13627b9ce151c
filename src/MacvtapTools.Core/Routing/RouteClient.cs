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

    /// <summary>Makes a route, and reads it back.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, ENETUNREACH, EHOSTUNREACH, EINVAL, ENETDOWN, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal LinkRoute Add(Link link, RouteRecord route)
    {
        RouteCodec.ComposeAdd(conversation.Compose(), route);
        LinkRoute wanted = Describe(link, route);
        conversation.Exchange()[0].ThrowIfFailed($"add the route to {wanted}");
        return List([link], route.Table).FirstOrDefault(r => IsSame(r, wanted))
            ?? throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the route to {wanted} and does not list it.", null, link);
    }

    /// <summary>Removes a route, and looks that it is gone.</summary>
    /// <exception cref="NetlinkException">The kernel refused: ESRCH, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal void Remove(Link link, LinkRoute route)
    {
        RouteCodec.ComposeRemove(conversation.Compose(), route.Record);
        conversation.Exchange()[0].ThrowIfFailed($"remove the route to {route}");
        if (List([link], route.Record.Table).Any(r => IsSame(r, route) && r.Record.TypeOfService == route.Record.TypeOfService))
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the removal of the route to {route} and still lists it.", null, link);
    }

    /// <summary>A route as it will be listed.</summary>
    internal static LinkRoute Describe(Link link, RouteRecord route) => new(route, route.NextHops[0], link.Name, link.NetworkNamespace);

    /// <summary>IPv6 gives 1024 to a route without a metric.</summary>
    private static bool IsSame(LinkRoute listed, LinkRoute wanted) =>
        listed.Destination == wanted.Destination && listed.Gateway == wanted.Gateway && listed.Table == wanted.Table && listed.InterfaceIndex == wanted.InterfaceIndex
        && (wanted.Record.Metric is null or 0 ? true : listed.Metric == wanted.Metric) && listed.PreferredSource == wanted.PreferredSource;

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
