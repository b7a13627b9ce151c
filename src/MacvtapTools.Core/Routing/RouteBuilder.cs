using MacvtapTools.Addresses;
using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Routing;

/// <summary>From what a user writes to a route.</summary>
internal static class RouteBuilder
{
    /// <summary>The table that packets are routed by unless a rule says otherwise.</summary>
    internal const uint MainTable = RouteCodec.RT_TABLE_MAIN;

    /// <summary>struct rtnexthop keeps one less in a byte.</summary>
    private const int MostWeight = 256;

    /// <summary>Composes a route over a link.</summary>
    /// <param name="link">The link that packets leave by.</param>
    /// <param name="destination">A network, an address, or "default".</param>
    /// <param name="gateway">The next router; null or empty where the destination is on the link.</param>
    /// <param name="metric">The metric, or null for the kernel's.</param>
    /// <param name="table">The routing table.</param>
    /// <param name="preferredSource">The source address; null or empty where the kernel chooses.</param>
    /// <param name="onLink">The gateway counts as reachable.</param>
    /// <exception cref="MacvtapException">AddressInvalid.</exception>
    internal static RouteRecord Build(Link link, string destination, string? gateway, uint? metric, uint table, string? preferredSource, bool onLink) =>
        Build([new RouteWay(link, gateway, 1, onLink)], RouteType.Unicast, destination, metric, table, preferredSource);

    /// <summary>Composes a route with any number of ways; one that drops packets has none.</summary>
    /// <param name="ways">The ways.</param>
    /// <param name="type">What it does with a packet.</param>
    /// <param name="destination">A network, an address, or "default".</param>
    /// <param name="metric">The metric, or null for the kernel's.</param>
    /// <param name="table">The routing table.</param>
    /// <param name="preferredSource">The source address; null or empty where the kernel chooses.</param>
    /// <param name="familyOfDefault">What "default" means where neither a gateway nor a source tells.</param>
    /// <exception cref="MacvtapException">AddressInvalid, ParameterInvalid.</exception>
    internal static RouteRecord Build(IReadOnlyList<RouteWay> ways, RouteType type, string destination, uint? metric, uint table, string? preferredSource, IPFamily familyOfDefault = IPFamily.IPv4)
    {
        byte[]?[] routers = [.. ways.Select(w => string.IsNullOrEmpty(w.Gateway) ? null : IPPrefix.ParseAddress(w.Gateway))];
        byte[]? source = string.IsNullOrEmpty(preferredSource) ? null : IPPrefix.ParseAddress(preferredSource);
        if ((source ?? Array.Find(routers, r => r is not null)) is { } known) familyOfDefault = known.Length == 16 ? IPFamily.IPv6 : IPFamily.IPv4;
        IPPrefix network = IPPrefix.ParseDestination(destination, familyOfDefault);
        if (network.Family == IPFamily.IPv6 && Array.FindIndex(routers, r => r?.Length == 4) is >= 0 and { } wrong) throw Mixed(destination, $"IPv6 routes have IPv6 gateways, and {ways[wrong].Gateway} is none");
        if (source is not null && source.Length != network.Bytes.Length) throw Mixed(destination, $"the preferred source {preferredSource} is of the other family");
        bool isOnLink = ways.Count == 1 && ways[0].OnLink && routers[0] is not null;
        var route = new RouteRecord
        {
            Family = (byte)network.Family,
            PrefixLength = network.Length,
            Destination = network.Length == 0 ? null : network.Bytes,
            Table = table,
            Metric = metric,
            PreferredSource = source,
            Protocol = RouteCodec.RTPROT_STATIC,
            Type = (byte)type,
            Scope = ways.Count == 1 && network.Family == IPFamily.IPv4 && routers[0] is null ? RouteCodec.RT_SCOPE_LINK : RouteCodec.RT_SCOPE_UNIVERSE,
            Flags = isOnLink ? RouteCodec.RTNH_F_ONLINK : 0,
        };
        for (int i = 0; i < ways.Count; i++)
        {
            if (ways[i].Weight is < 1 or > MostWeight)
                throw new MacvtapException(FailureId.ParameterInvalid, $"There can be no such route to {destination}: the weight {ways[i].Weight} of a way is not 1 to {MostWeight}.", $"Give -Weight 1 to {MostWeight} for each way.", destination);
            route.NextHops.Add(new NextHop(ways[i].Link.InterfaceIndex, routers[i], ways[i].OnLink && routers[i] is not null ? RouteCodec.RTNH_F_ONLINK : 0, ways[i].Weight));
        }

        return route;
    }

    private static MacvtapException Mixed(string destination, string why) => new(FailureId.AddressInvalid, $"There can be no such route to {destination}: {why}.", "Destination, gateway and preferred source are of one family; only an IPv4 route may have an IPv6 gateway.", destination);
}
