using MacvtapTools.Interop;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to one way of a new IPv6 route, or to an IPv6 gateway of an IPv4 one (fib6_nh_init and ip6_validate_gw in net/ipv6/route.c).</summary>
internal static class IPv6HopPreflight
{
    private const string LinkOff = "Nexthop device is not up";
    private const string SwitchedOff = "IPv6 is disabled on nexthop device";
    private const string OwnGateway = "Gateway can not be a local address";
    private const string InvalidGateway = "Invalid gateway address";
    private const string OtherGateway = "Nexthop has invalid gateway or device mismatch";
    private const string LoopbackGateway = "Egress device can not be loopback device for this route";
    private const string InvalidSource = "Invalid source address";
    private const byte GroupFirst = 0xff;
    private const byte LinkLocalFirst = 0xfe;
    private const byte LinkLocalBits = 0xc0;
    private const byte LinkLocalSecond = 0x80;

    /// <summary>Checks a way.</summary>
    internal static Verdict Check(NextHop hop, Link link, RouteRecord wanted, RouteScene scene, string operation)
    {
        IPv6Support support = scene.IPv6(link);
        if (support == IPv6Support.Missing) throw new PredictedRefusal(Errno.EOPNOTSUPP, operation);
        if (support == IPv6Support.TooSmall) throw new PredictedRefusal(Errno.ENODEV, operation);
        bool isOnLink = hop.Gateway is not null && (hop.Flags & RouteCodec.RTNH_F_ONLINK) != 0;
        if (isOnLink && !IsUp(link)) throw new PredictedRefusal(Errno.ENETDOWN, operation, LinkOff);
        Verdict verdict = hop.Gateway is { } gateway ? CheckGateway(gateway, isOnLink, link, wanted, scene, operation) : Verdict.Accepted;
        if (support == IPv6Support.Off) throw new PredictedRefusal(Errno.EACCES, operation, SwitchedOff);
        return IsUp(link) ? verdict : throw new PredictedRefusal(Errno.ENETDOWN, operation, LinkOff);
    }

    /// <summary>ipv6_chk_addr: an address that is in use already (not tentative), of whatever link; a link-local one of the way's own.</summary>
    internal static void RequireSource(RouteRecord wanted, NextHop hop, RouteScene scene, string operation)
    {
        if (wanted.PreferredSource is { } source && !Own(source, IsLinkLocal(source) ? hop.Index : 0, scene).Any(a => !a.Flags.HasFlag(LinkAddressFlag.Tentative)))
            throw new PredictedRefusal(Errno.EINVAL, operation, InvalidSource);
    }

    private static Verdict CheckGateway(byte[] gateway, bool isOnLink, Link link, RouteRecord wanted, RouteScene scene, string operation)
    {
        bool isLinkLocal = IsLinkLocal(gateway);
        Verdict verdict = Verdict.Accepted;
        if (Own(gateway, isLinkLocal ? link.InterfaceIndex : 0, scene).Any()) throw new PredictedRefusal(Errno.EINVAL, operation, OwnGateway);
        if (!isLinkLocal)
        {
            if (gateway[0] == GroupFirst || gateway.AsSpan().IndexOfAnyExcept((byte)0) < 0) throw new PredictedRefusal(Errno.EINVAL, operation, InvalidGateway);
            verdict = isOnLink ? CheckOnLink(gateway, link, scene, operation) : CheckRoute(gateway, link, wanted, scene, operation);
        }

        return (link.Flags & InterfaceFlag.Loopback) == 0 ? verdict : throw new PredictedRefusal(Errno.EINVAL, operation, LoopbackGateway);
    }

    /// <summary>ip6_route_check_nh_onlink: a route to the gateway that is there must be over the same link. The default route does not count.</summary>
    private static Verdict CheckOnLink(byte[] gateway, Link link, RouteScene scene, string operation)
    {
        RouteRecord? found = RouteScene.Find(scene.In(RtnetlinkConstants.AF_INET6, RouteCodec.RT_TABLE_MAIN), gateway, link.InterfaceIndex) is { PrefixLength: > 0 } here
            ? here
            : RouteScene.Find(scene.In(RtnetlinkConstants.AF_INET6, RouteCodec.RT_TABLE_MAIN), gateway, 0);
        bool isOther = found is { PrefixLength: > 0 } && !IsReject(found) && (found.Type != RouteCodec.RTN_UNICAST || found.NextHops.All(h => h.Index != link.InterfaceIndex));
        return isOther ? throw new PredictedRefusal(Errno.EINVAL, operation, OtherGateway) : Verdict.Accepted;
    }

    /// <summary>ip6_route_check_nh: the route to the gateway must be over the link and have no gateway itself; in the route's own table, then in those that the rules say.</summary>
    private static Verdict CheckRoute(byte[] gateway, Link link, RouteRecord wanted, RouteScene scene, string operation)
    {
        if (IsDirect(wanted.Table)) return Verdict.Accepted;
        if (!scene.IsUsual(RtnetlinkConstants.AF_INET6))
            return new Verdict("in which routing tables the gateway is looked for is decided by rules (ip -6 rule), and shows only when the route is made");
        return IsDirect(RouteCodec.RT_TABLE_LOCAL) || IsDirect(RouteCodec.RT_TABLE_MAIN) ? Verdict.Accepted : throw new PredictedRefusal(Errno.EHOSTUNREACH, operation);

        bool IsDirect(uint table) =>
            RouteScene.Find(scene.In(RtnetlinkConstants.AF_INET6, table), gateway, link.InterfaceIndex) is { } route && !IsReject(route) && route.NextHops.First(h => h.Index == link.InterfaceIndex).Gateway is null;
    }

    private static IEnumerable<LinkAddress> Own(byte[] address, int index, RouteScene scene) =>
        scene.Addresses.Where(a => a.Family == IPFamily.IPv6 && (index == 0 || a.InterfaceIndex == index) && a.Own.AsSpan().SequenceEqual(address));

    private static bool IsReject(RouteRecord route) => (RouteType)route.Type is RouteType.Blackhole or RouteType.Unreachable or RouteType.Prohibit or RouteType.Throw;

    private static bool IsLinkLocal(byte[] address) => address[0] == LinkLocalFirst && (address[1] & LinkLocalBits) == LinkLocalSecond;

    private static bool IsUp(Link link) => link.AdministrativeStatus == AdministrativeStatus.Up;
}
