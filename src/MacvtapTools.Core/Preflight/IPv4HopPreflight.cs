using MacvtapTools.Interop;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to one way of a new IPv4 route (fib_check_nh and what it calls in net/ipv4/fib_semantics.c).</summary>
internal static class IPv4HopPreflight
{
    private const string InvalidGateway = "Nexthop has invalid gateway";
    private const string GatewayLinkOff = "Nexthop device is not up";
    private const string LinkOff = "Device for nexthop is not up";
    private const string InvalidSource = "Invalid prefsrc address";
    private const uint DefaultTable = 253;
    private const int GroupBits = 0xf0;
    private const int Group = 0xe0;

    /// <summary>Checks a way.</summary>
    internal static Verdict Check(NextHop hop, Link link, RouteRecord wanted, RouteScene scene, string operation) => hop.Gateway switch
    {
        null => CheckLink(link, operation),
        { Length: 16 } => IPv6HopPreflight.Check(hop, link, wanted, scene, operation),
        _ when (hop.Flags & RouteCodec.RTNH_F_ONLINK) != 0 => CheckOnLink(hop.Gateway, link, scene, operation),
        _ => CheckGateway(hop.Gateway, link, wanted, scene, operation),
    };

    /// <summary>fib_valid_prefsrc: an address of this host, on whatever link.</summary>
    internal static void RequireSource(RouteRecord wanted, RouteScene scene, string operation)
    {
        if (wanted.PreferredSource is { } source && TypeOf(source, null, scene) != RouteType.Local) throw new PredictedRefusal(Errno.EINVAL, operation, InvalidSource);
    }

    private static Verdict CheckLink(Link link, string operation)
    {
        if (link.Mtu < Rules.SmallestMtu) throw new PredictedRefusal(Errno.ENODEV, operation);
        return IsUp(link) ? Verdict.Accepted : throw new PredictedRefusal(Errno.ENETDOWN, operation, LinkOff);
    }

    private static Verdict CheckOnLink(byte[] gateway, Link link, RouteScene scene, string operation)
    {
        if (!IsUp(link)) throw new PredictedRefusal(Errno.ENETDOWN, operation, GatewayLinkOff);
        return TypeOf(gateway, link, scene) == RouteType.Unicast ? Verdict.Accepted : throw new PredictedRefusal(Errno.EINVAL, operation, InvalidGateway);
    }

    /// <summary>The gateway is looked for over the link among routes that have no gateway themselves: in the route's own table, then in those that the rules say.</summary>
    private static Verdict CheckGateway(byte[] gateway, Link link, RouteRecord wanted, RouteScene scene, string operation)
    {
        RouteRecord? found = wanted.Table == RouteCodec.RT_TABLE_MAIN ? null : Find(wanted.Table);
        if (found is null && !scene.IsUsual(RtnetlinkConstants.AF_INET))
            return new Verdict("in which routing tables the gateway is looked for is decided by rules (ip rule), and shows only when the route is made");

        // As long as nobody makes a rule, the kernel keeps the first two tables in one (fib_unmerge).
        found ??= Find(RouteCodec.RT_TABLE_LOCAL, RouteCodec.RT_TABLE_MAIN) ?? Find(DefaultTable);
        if (found is null) throw new PredictedRefusal(Errno.ENETUNREACH, operation, InvalidGateway);
        if ((RouteType)found.Type is not (RouteType.Unicast or RouteType.Local)) throw new PredictedRefusal(Errno.EINVAL, operation, InvalidGateway);
        return IsUp(link) ? Verdict.Accepted : throw new PredictedRefusal(Errno.ENETDOWN, operation);

        RouteRecord? Find(params uint[] tables) => RouteScene.Find(scene.In(RtnetlinkConstants.AF_INET, tables).Where(r => r.Scope >= RouteCodec.RT_SCOPE_LINK), gateway, link.InterfaceIndex);
    }

    /// <summary>inet_addr_type: what an address is to this host.</summary>
    private static RouteType TypeOf(byte[] address, Link? link, RouteScene scene)
    {
        if (address[0] == 0 || address.AsSpan().IndexOfAnyExcept((byte)0xff) < 0) return RouteType.Broadcast;
        if ((address[0] & GroupBits) == Group) return RouteType.Multicast;
        RouteRecord? own = RouteScene.Find(scene.In(RtnetlinkConstants.AF_INET, RouteCodec.RT_TABLE_LOCAL), address, 0);
        return own is null || (link is not null && own.NextHops.All(h => h.Index != link.InterfaceIndex)) ? RouteType.Unicast : (RouteType)own.Type;
    }

    private static bool IsUp(Link link) => link.AdministrativeStatus == AdministrativeStatus.Up;
}
