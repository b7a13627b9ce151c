using MacvtapTools.Addresses;
using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Routing;

/// <summary>From what a user writes to a route.</summary>
internal static class RouteBuilder
{
    /// <summary>The table that packets are routed by unless a rule says otherwise.</summary>
    internal const uint MainTable = RouteCodec.RT_TABLE_MAIN;

    /// <summary>Composes a route over a link.</summary>
    /// <param name="link">The link that packets leave by.</param>
    /// <param name="destination">A network, an address, or "default".</param>
    /// <param name="gateway">The next router; null or empty where the destination is on the link.</param>
    /// <param name="metric">The metric, or null for the kernel's.</param>
    /// <param name="table">The routing table.</param>
    /// <param name="preferredSource">The source address; null or empty where the kernel chooses.</param>
    /// <param name="onLink">The gateway counts as reachable.</param>
    /// <exception cref="MacvtapException">AddressInvalid.</exception>
    internal static RouteRecord Build(Link link, string destination, string? gateway, uint? metric, uint table, string? preferredSource, bool onLink)
    {
        byte[]? router = string.IsNullOrEmpty(gateway) ? null : IPPrefix.ParseAddress(gateway);
        byte[]? source = string.IsNullOrEmpty(preferredSource) ? null : IPPrefix.ParseAddress(preferredSource);
        IPFamily familyOfDefault = (source ?? router)?.Length == 16 ? IPFamily.IPv6 : IPFamily.IPv4;
        IPPrefix network = IPPrefix.ParseDestination(destination, familyOfDefault);
        if (network.Family == IPFamily.IPv6 && router?.Length == 4) throw Mixed(destination, $"IPv6 routes have IPv6 gateways, and {gateway} is none");
        if (source is not null && source.Length != network.Bytes.Length) throw Mixed(destination, $"the preferred source {preferredSource} is of the other family");
        var route = new RouteRecord
        {
            Family = (byte)network.Family,
            PrefixLength = network.Length,
            Destination = network.Length == 0 ? null : network.Bytes,
            Table = table,
            Metric = metric,
            PreferredSource = source,
            Protocol = RouteCodec.RTPROT_STATIC,
            Type = RouteCodec.RTN_UNICAST,
            Scope = router is null && network.Family == IPFamily.IPv4 ? RouteCodec.RT_SCOPE_LINK : RouteCodec.RT_SCOPE_UNIVERSE,
            Flags = onLink && router is not null ? RouteCodec.RTNH_F_ONLINK : 0,
        };
        route.NextHops.Add(new NextHop(link.InterfaceIndex, router, route.Flags, 1));
        return route;
    }

    private static MacvtapException Mixed(string destination, string why) => new(FailureId.AddressInvalid, $"There can be no such route to {destination}: {why}.", null, destination);
}
