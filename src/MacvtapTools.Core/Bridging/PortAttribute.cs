using MacvtapTools.Route;

namespace MacvtapTools.Bridging;

/// <summary>One attribute of a bridge port that can be set: its name here, its number and width there.</summary>
/// <param name="Property">The property of <see cref="BridgePort"/>, and the parameter of Set-BridgePort.</param>
/// <param name="Number">IFLA_BRPORT_*.</param>
/// <param name="Width">Bytes on the wire: 1, 2 or 4.</param>
/// <param name="Show">The value as users see it.</param>
/// <param name="IsAbsentZero">The kernel leaves the attribute out where it is 0.</param>
internal sealed record PortAttribute(string Property, int Number, int Width, Func<ulong, object> Show, bool IsAbsentZero = false)
{
    internal static readonly PortAttribute State = new(nameof(BridgePort.State), BridgePortCodec.STATE, 1, static v => (BridgePortState)v);
    internal static readonly PortAttribute Priority = new(nameof(BridgePort.Priority), BridgePortCodec.PRIORITY, 2, static v => v);
    internal static readonly PortAttribute Cost = new(nameof(BridgePort.Cost), BridgePortCodec.COST, 4, static v => v);
    internal static readonly PortAttribute Hairpin = Flag(nameof(BridgePort.Hairpin), BridgePortCodec.MODE);
    internal static readonly PortAttribute Guard = Flag(nameof(BridgePort.Guard), BridgePortCodec.GUARD);
    internal static readonly PortAttribute RootBlock = Flag(nameof(BridgePort.RootBlock), BridgePortCodec.PROTECT);
    internal static readonly PortAttribute FastLeave = Flag(nameof(BridgePort.FastLeave), BridgePortCodec.FAST_LEAVE);
    internal static readonly PortAttribute Learning = Flag(nameof(BridgePort.Learning), BridgePortCodec.LEARNING);
    internal static readonly PortAttribute UnicastFlood = Flag(nameof(BridgePort.UnicastFlood), BridgePortCodec.UNICAST_FLOOD);
    internal static readonly PortAttribute ProxyArp = Flag(nameof(BridgePort.ProxyArp), BridgePortCodec.PROXYARP);
    internal static readonly PortAttribute ProxyArpWifi = Flag(nameof(BridgePort.ProxyArpWifi), BridgePortCodec.PROXYARP_WIFI);
    internal static readonly PortAttribute MulticastRouter = Number8(nameof(BridgePort.MulticastRouter), BridgePortCodec.MULTICAST_ROUTER);
    internal static readonly PortAttribute MulticastFlood = Flag(nameof(BridgePort.MulticastFlood), BridgePortCodec.MCAST_FLOOD);
    internal static readonly PortAttribute MulticastToUnicast = Flag(nameof(BridgePort.MulticastToUnicast), BridgePortCodec.MCAST_TO_UCAST);
    internal static readonly PortAttribute VlanTunnel = Flag(nameof(BridgePort.VlanTunnel), BridgePortCodec.VLAN_TUNNEL);
    internal static readonly PortAttribute BroadcastFlood = Flag(nameof(BridgePort.BroadcastFlood), BridgePortCodec.BCAST_FLOOD);
    internal static readonly PortAttribute GroupForwardMask = new(nameof(BridgePort.GroupForwardMask), BridgePortCodec.GROUP_FWD_MASK, 2, static v => v);
    internal static readonly PortAttribute NeighbourSuppression = Flag(nameof(BridgePort.NeighbourSuppression), BridgePortCodec.NEIGH_SUPPRESS);
    internal static readonly PortAttribute Isolated = Flag(nameof(BridgePort.Isolated), BridgePortCodec.ISOLATED);
    internal static readonly PortAttribute BackupPort = new(nameof(BridgePort.BackupPortIndex), BridgePortCodec.BACKUP_PORT, 4, static v => v, IsAbsentZero: true);
    internal static readonly PortAttribute Locked = Flag(nameof(BridgePort.Locked), BridgePortCodec.LOCKED);
    internal static readonly PortAttribute MacAuthenticationBypass = Flag(nameof(BridgePort.MacAuthenticationBypass), BridgePortCodec.MAB);
    internal static readonly PortAttribute MulticastGroupLimit = new(nameof(BridgePort.MulticastGroupLimit), BridgePortCodec.MCAST_MAX_GROUPS, 4, static v => v);
    internal static readonly PortAttribute MulticastHostLimit = new(nameof(BridgePort.MulticastHostLimit), BridgePortCodec.MCAST_EHT_HOSTS_LIMIT, 4, static v => v);
    internal static readonly PortAttribute NeighbourVlanSuppression = Flag(nameof(BridgePort.NeighbourVlanSuppression), BridgePortCodec.NEIGH_VLAN_SUPPRESS);
    internal static readonly PortAttribute BackupNextHopGroup = new(nameof(BridgePort.BackupNextHopGroup), BridgePortCodec.BACKUP_NHID, 4, static v => v, IsAbsentZero: true);

    /// <summary>All of them, by number. What is switched on in this order has what it needs: MacAuthenticationBypass needs Learning and Locked.</summary>
    internal static readonly IReadOnlyList<PortAttribute> All =
    [
        State, Priority, Cost, Hairpin, Guard, RootBlock,
        FastLeave, Learning, UnicastFlood, ProxyArp, ProxyArpWifi, MulticastRouter,
        MulticastFlood, MulticastToUnicast, VlanTunnel, BroadcastFlood, GroupForwardMask, NeighbourSuppression,
        Isolated, BackupPort, MulticastHostLimit, Locked, MacAuthenticationBypass, MulticastGroupLimit,
        NeighbourVlanSuppression, BackupNextHopGroup,
    ];

    /// <summary>Whether it is a switch, on or off.</summary>
    internal bool IsFlag => Show(0) is bool;

    private static PortAttribute Flag(string property, int number) => new(property, number, 1, static v => v != 0);

    private static PortAttribute Number8(string property, int number) => new(property, number, 1, static v => v);
}
