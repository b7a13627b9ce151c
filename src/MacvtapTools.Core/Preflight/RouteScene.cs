using MacvtapTools.Addresses;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Preflight;

/// <summary>What decides whether a new route is taken: the routes and addresses of a network namespace at one moment.</summary>
/// <param name="Routes">All routes of all tables and both families.</param>
/// <param name="Addresses">The addresses of all links.</param>
/// <param name="Place">The links.</param>
/// <param name="IPv6">Whether a link can have IPv6.</param>
/// <param name="IsUsual">Whether the rules of a family are those that every namespace begins with: then it is known in which tables, and in which order, the kernel looks for a gateway.</param>
internal sealed record RouteScene(IReadOnlyList<RouteRecord> Routes, IReadOnlyList<LinkAddress> Addresses, LinkSnapshot Place, Func<Link, IPv6Support> IPv6, Func<byte, bool> IsUsual)
{
    private const uint FirstPriority = 0;
    private const uint MainPriority = 32766;
    private const uint DefaultPriority = 32767;

    private static readonly (uint, uint)[] UsualOfIPv6 = [(FirstPriority, RouteCodec.RT_TABLE_LOCAL), (MainPriority, RouteCodec.RT_TABLE_MAIN)];
    private static readonly (uint, uint)[] UsualOfIPv4 = [.. UsualOfIPv6, (DefaultPriority, RouteCodec.RT_TABLE_DEFAULT)];

    /// <summary>Takes one.</summary>
    internal static RouteScene Take(LinkSession session)
    {
        LinkSnapshot place = LinkSnapshot.Take(session);
        var routes = new RouteClient(session.Conversation);
        return new RouteScene(
            [.. routes.Records(RtnetlinkConstants.AF_INET), .. routes.Records(RtnetlinkConstants.AF_INET6)],
            new AddressClient(session.Conversation).List(place.Links),
            place,
            new IPSettings(session.Namespace).IPv6Of,
            family => HasUsualRules(session.Conversation, family));
    }

    /// <summary>The routes of a family in one of some tables.</summary>
    internal IEnumerable<RouteRecord> In(byte family, params uint[] tables) => Routes.Where(r => r.Family == family && tables.Contains(r.Table));

    /// <summary>
    /// The most particular route over a link to an address, or null. A route in the way of another kind of traffic (with a type of service) does not count, nor does a way
    /// that is dead.
    /// </summary>
    /// <param name="routes">Where to look.</param>
    /// <param name="address">The address.</param>
    /// <param name="index">The link; 0 for any.</param>
    internal static RouteRecord? Find(IEnumerable<RouteRecord> routes, byte[] address, int index) => routes
        .Where(r => r.TypeOfService == 0 && Covers(r, address) && (index == 0 || r.NextHops.Any(h => h.Index == index && (h.Flags & RouteCodec.RTNH_F_DEAD) == 0)))
        .OrderByDescending(r => r.PrefixLength)
        .ThenBy(r => r.Metric ?? 0)
        .FirstOrDefault();

    private static bool Covers(RouteRecord route, byte[] address) =>
        route.PrefixLength == 0 || (route.Destination?.Length == address.Length && new IPPrefix(address, route.PrefixLength).Network().Bytes.AsSpan().SequenceEqual(new IPPrefix(route.Destination, route.PrefixLength).Network().Bytes));

    private static bool HasUsualRules(NetlinkConversation conversation, byte family)
    {
        var found = new List<(uint, uint)?>();
        try
        {
            conversation.Dump(
                requests => RuleCodec.ComposeDump(requests, family),
                found.Clear,
                (_, type, body) =>
                {
                    if (type == RtnetlinkConstants.RTM_NEWRULE) found.Add(RuleCodec.Read(body));
                },
                "list the routing rules");
        }
        catch (NetlinkException none) when (none.Errno is Interop.Errno.EOPNOTSUPP or Interop.Errno.EAFNOSUPPORT)
        {
            return true; // A kernel without rules looks into the same tables.
        }

        return found.SequenceEqual((family == RtnetlinkConstants.AF_INET ? UsualOfIPv4 : UsualOfIPv6).Select(r => ((uint, uint)?)r));
    }
}
