using MacvtapTools.Route;
using static MacvtapTools.Tracing.AttributeFormat;

namespace MacvtapTools.Tracing;

/// <summary>The attributes of the messages that the module sends and gets. What is not here is written down by its number.</summary>
internal static class AttributeScopes
{
    /// <summary>include/uapi/linux/if_link.h, IFLA_MACVLAN_*.</summary>
    internal static readonly AttributeScope Macvlan = new(
        new(1, "IFLA_MACVLAN_MODE", Number),
        new(2, "IFLA_MACVLAN_FLAGS", Number),
        new(3, "IFLA_MACVLAN_MACADDR_MODE", Number),
        new(4, "IFLA_MACVLAN_MACADDR", AttributeFormat.HardwareAddress),
        new(5, "IFLA_MACVLAN_MACADDR_DATA", Nest, new AttributeScope(new AttributeName(4, "IFLA_MACVLAN_MACADDR", AttributeFormat.HardwareAddress))),
        new(6, "IFLA_MACVLAN_MACADDR_COUNT", Number),
        new(7, "IFLA_MACVLAN_BC_QUEUE_LEN", Number),
        new(8, "IFLA_MACVLAN_BC_QUEUE_LEN_USED", Number),
        new(9, "IFLA_MACVLAN_BC_CUTOFF", Signed));

    /// <summary>IFLA_TUN_*.</summary>
    internal static readonly AttributeScope Tun = new(
        new(1, "IFLA_TUN_OWNER", Number),
        new(2, "IFLA_TUN_GROUP", Number),
        new(3, "IFLA_TUN_TYPE", Number),
        new(4, "IFLA_TUN_PI", Number),
        new(5, "IFLA_TUN_VNET_HDR", Number),
        new(6, "IFLA_TUN_PERSIST", Number),
        new(7, "IFLA_TUN_MULTI_QUEUE", Number),
        new(8, "IFLA_TUN_NUM_QUEUES", Number),
        new(9, "IFLA_TUN_NUM_DISABLED_QUEUES", Number));

    /// <summary>IFLA_BR_*, those that the module writes and reads.</summary>
    internal static readonly AttributeScope Bridge = new(
        new(1, "IFLA_BR_FORWARD_DELAY", Number),
        new(2, "IFLA_BR_HELLO_TIME", Number),
        new(3, "IFLA_BR_MAX_AGE", Number),
        new(4, "IFLA_BR_AGEING_TIME", Number),
        new(5, "IFLA_BR_STP_STATE", Number),
        new(6, "IFLA_BR_PRIORITY", Number),
        new(7, "IFLA_BR_VLAN_FILTERING", Number),
        new(9, "IFLA_BR_GROUP_FWD_MASK", Number),
        new(23, "IFLA_BR_MCAST_SNOOPING", Number));

    /// <summary>IFLA_BRPORT_*.</summary>
    internal static readonly AttributeScope BridgePort = new(
        new(1, "IFLA_BRPORT_STATE", Number),
        new(2, "IFLA_BRPORT_PRIORITY", Number),
        new(3, "IFLA_BRPORT_COST", Number),
        new(4, "IFLA_BRPORT_MODE", Number),
        new(5, "IFLA_BRPORT_GUARD", Number),
        new(6, "IFLA_BRPORT_PROTECT", Number),
        new(7, "IFLA_BRPORT_FAST_LEAVE", Number),
        new(8, "IFLA_BRPORT_LEARNING", Number),
        new(9, "IFLA_BRPORT_UNICAST_FLOOD", Number),
        new(10, "IFLA_BRPORT_PROXYARP", Number),
        new(11, "IFLA_BRPORT_LEARNING_SYNC", Number),
        new(12, "IFLA_BRPORT_PROXYARP_WIFI", Number),
        new(13, "IFLA_BRPORT_ROOT_ID", Bytes),
        new(14, "IFLA_BRPORT_BRIDGE_ID", Bytes),
        new(15, "IFLA_BRPORT_DESIGNATED_PORT", Number),
        new(16, "IFLA_BRPORT_DESIGNATED_COST", Number),
        new(17, "IFLA_BRPORT_ID", Number),
        new(18, "IFLA_BRPORT_NO", Number),
        new(19, "IFLA_BRPORT_TOPOLOGY_CHANGE_ACK", Number),
        new(20, "IFLA_BRPORT_CONFIG_PENDING", Number),
        new(21, "IFLA_BRPORT_MESSAGE_AGE_TIMER", Number),
        new(22, "IFLA_BRPORT_FORWARD_DELAY_TIMER", Number),
        new(23, "IFLA_BRPORT_HOLD_TIMER", Number),
        new(24, "IFLA_BRPORT_FLUSH", Number),
        new(25, "IFLA_BRPORT_MULTICAST_ROUTER", Number),
        new(27, "IFLA_BRPORT_MCAST_FLOOD", Number),
        new(28, "IFLA_BRPORT_MCAST_TO_UCAST", Number),
        new(29, "IFLA_BRPORT_VLAN_TUNNEL", Number),
        new(30, "IFLA_BRPORT_BCAST_FLOOD", Number),
        new(31, "IFLA_BRPORT_GROUP_FWD_MASK", Number),
        new(32, "IFLA_BRPORT_NEIGH_SUPPRESS", Number),
        new(33, "IFLA_BRPORT_ISOLATED", Number),
        new(34, "IFLA_BRPORT_BACKUP_PORT", Number),
        new(35, "IFLA_BRPORT_MRP_RING_OPEN", Number),
        new(36, "IFLA_BRPORT_MRP_IN_OPEN", Number),
        new(37, "IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT", Number),
        new(38, "IFLA_BRPORT_MCAST_EHT_HOSTS_CNT", Number),
        new(39, "IFLA_BRPORT_LOCKED", Number),
        new(40, "IFLA_BRPORT_MAB", Number),
        new(41, "IFLA_BRPORT_MCAST_N_GROUPS", Number),
        new(42, "IFLA_BRPORT_MCAST_MAX_GROUPS", Number),
        new(43, "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", Number),
        new(44, "IFLA_BRPORT_BACKUP_NHID", Number));

    /// <summary>IFLA_INFO_*.</summary>
    internal static readonly AttributeScope LinkInfo = new(
        new(IFLA.INFO_KIND, "IFLA_INFO_KIND", Text),
        new(IFLA.INFO_DATA, "IFLA_INFO_DATA", NestOfKind),
        new(3, "IFLA_INFO_XSTATS", Bytes),
        new(IFLA.INFO_SLAVE_KIND, "IFLA_INFO_SLAVE_KIND", Text),
        new(IFLA.INFO_SLAVE_DATA, "IFLA_INFO_SLAVE_DATA", Nest, BridgePort));

    /// <summary>IFLA_INET6_*.</summary>
    internal static readonly AttributeScope Inet6 = new(
        new(1, "IFLA_INET6_FLAGS", Number),
        new(2, "IFLA_INET6_CONF", Bytes),
        new(3, "IFLA_INET6_STATS", Bytes),
        new(5, "IFLA_INET6_CACHEINFO", Bytes),
        new(6, "IFLA_INET6_ICMP6STATS", Bytes),
        new(7, "IFLA_INET6_TOKEN", AttributeFormat.IPAddress),
        new(8, "IFLA_INET6_ADDR_GEN_MODE", Number));

    /// <summary>What is in IFLA_AF_SPEC: one nest for each family.</summary>
    internal static readonly AttributeScope AddressFamilies = new(
        new(RtnetlinkConstants.AF_INET, "AF_INET", Bytes),
        new(RtnetlinkConstants.AF_INET6, "AF_INET6", Nest, Inet6));

    /// <summary>IFLA_*.</summary>
    internal static readonly AttributeScope Link = new(
        new(1, "IFLA_ADDRESS", AttributeFormat.HardwareAddress),
        new(2, "IFLA_BROADCAST", AttributeFormat.HardwareAddress),
        new(3, "IFLA_IFNAME", Text),
        new(4, "IFLA_MTU", Number),
        new(5, "IFLA_LINK", Number),
        new(6, "IFLA_QDISC", Text),
        new(7, "IFLA_STATS", Bytes),
        new(10, "IFLA_MASTER", Number),
        new(12, "IFLA_PROTINFO", Nest, BridgePort),
        new(13, "IFLA_TXQLEN", Number),
        new(14, "IFLA_MAP", Bytes),
        new(16, "IFLA_OPERSTATE", Number),
        new(17, "IFLA_LINKMODE", Number),
        new(18, "IFLA_LINKINFO", Nest, LinkInfo),
        new(19, "IFLA_NET_NS_PID", Number),
        new(20, "IFLA_IFALIAS", Text),
        new(21, "IFLA_NUM_VF", Number),
        new(23, "IFLA_STATS64", Bytes),
        new(26, "IFLA_AF_SPEC", Nest, AddressFamilies),
        new(27, "IFLA_GROUP", Number),
        new(28, "IFLA_NET_NS_FD", Number),
        new(29, "IFLA_EXT_MASK", Number),
        new(30, "IFLA_PROMISCUITY", Number),
        new(31, "IFLA_NUM_TX_QUEUES", Number),
        new(32, "IFLA_NUM_RX_QUEUES", Number),
        new(33, "IFLA_CARRIER", Number),
        new(35, "IFLA_CARRIER_CHANGES", Number),
        new(36, "IFLA_PHYS_SWITCH_ID", Bytes),
        new(37, "IFLA_LINK_NETNSID", Signed),
        new(38, "IFLA_PHYS_PORT_NAME", Text),
        new(39, "IFLA_PROTO_DOWN", Number),
        new(40, "IFLA_GSO_MAX_SEGS", Number),
        new(41, "IFLA_GSO_MAX_SIZE", Number),
        new(43, "IFLA_XDP", Bytes),
        new(44, "IFLA_EVENT", Number),
        new(45, "IFLA_NEW_NETNSID", Signed),
        new(46, "IFLA_TARGET_NETNSID", Signed),
        new(47, "IFLA_CARRIER_UP_COUNT", Number),
        new(48, "IFLA_CARRIER_DOWN_COUNT", Number),
        new(49, "IFLA_NEW_IFINDEX", Number),
        new(50, "IFLA_MIN_MTU", Number),
        new(51, "IFLA_MAX_MTU", Number),
        new(52, "IFLA_PROP_LIST", Nest, new AttributeScope(new AttributeName(53, "IFLA_ALT_IFNAME", Text))),
        new(53, "IFLA_ALT_IFNAME", Text),
        new(54, "IFLA_PERM_ADDRESS", AttributeFormat.HardwareAddress),
        new(56, "IFLA_PARENT_DEV_NAME", Text),
        new(57, "IFLA_PARENT_DEV_BUS_NAME", Text),
        new(58, "IFLA_GRO_MAX_SIZE", Number),
        new(59, "IFLA_TSO_MAX_SIZE", Number),
        new(60, "IFLA_TSO_MAX_SEGS", Number),
        new(61, "IFLA_ALLMULTI", Number),
        new(62, "IFLA_DEVLINK_PORT", Bytes),
        new(63, "IFLA_GSO_IPV4_MAX_SIZE", Number),
        new(64, "IFLA_GRO_IPV4_MAX_SIZE", Number),
        new(65, "IFLA_DPLL_PIN", Bytes),
        new(66, "IFLA_MAX_PACING_OFFLOAD_HORIZON", Number),
        new(67, "IFLA_NETNS_IMMUTABLE", Number),
        new(68, "IFLA_HEADROOM", Number),
        new(69, "IFLA_TAILROOM", Number));

    /// <summary>IFA_*.</summary>
    internal static readonly AttributeScope Address = new(
        new(1, "IFA_ADDRESS", AttributeFormat.IPAddress),
        new(2, "IFA_LOCAL", AttributeFormat.IPAddress),
        new(3, "IFA_LABEL", Text),
        new(4, "IFA_BROADCAST", AttributeFormat.IPAddress),
        new(6, "IFA_CACHEINFO", Bytes),
        new(8, "IFA_FLAGS", Number),
        new(9, "IFA_RT_PRIORITY", Number));

    /// <summary>RTA_*.</summary>
    internal static readonly AttributeScope Route = new(
        new(1, "RTA_DST", AttributeFormat.IPAddress),
        new(2, "RTA_SRC", AttributeFormat.IPAddress),
        new(3, "RTA_IIF", Number),
        new(4, "RTA_OIF", Number),
        new(5, "RTA_GATEWAY", AttributeFormat.IPAddress),
        new(6, "RTA_PRIORITY", Number),
        new(7, "RTA_PREFSRC", AttributeFormat.IPAddress),
        new(8, "RTA_METRICS", Bytes),
        new(9, "RTA_MULTIPATH", Bytes),
        new(12, "RTA_CACHEINFO", Bytes),
        new(15, "RTA_TABLE", Number),
        new(18, "RTA_VIA", Bytes),
        new(20, "RTA_PREF", Number),
        new(30, "RTA_NH_ID", Number));

    /// <summary>FRA_*.</summary>
    internal static readonly AttributeScope Rule = new(
        new(1, "FRA_DST", AttributeFormat.IPAddress),
        new(2, "FRA_SRC", AttributeFormat.IPAddress),
        new(3, "FRA_IIFNAME", Text),
        new(6, "FRA_PRIORITY", Number),
        new(10, "FRA_FWMARK", Number),
        new(14, "FRA_SUPPRESS_PREFIXLEN", Signed),
        new(15, "FRA_TABLE", Number),
        new(17, "FRA_OIFNAME", Text),
        new(21, "FRA_PROTOCOL", Number));

    /// <summary>NDA_*.</summary>
    internal static readonly AttributeScope Neighbour = new(
        new(1, "NDA_DST", AttributeFormat.IPAddress),
        new(2, "NDA_LLADDR", AttributeFormat.HardwareAddress),
        new(3, "NDA_CACHEINFO", Bytes),
        new(5, "NDA_VLAN", Number),
        new(9, "NDA_MASTER", Number),
        new(15, "NDA_FLAGS_EXT", Number));

    /// <summary>TCA_BPF_*.</summary>
    internal static readonly AttributeScope BpfFilter = new(
        new(3, "TCA_BPF_CLASSID", Number),
        new(4, "TCA_BPF_OPS_LEN", Number),
        new(5, "TCA_BPF_OPS", Bytes),
        new(6, "TCA_BPF_FD", Number),
        new(7, "TCA_BPF_NAME", Text),
        new(8, "TCA_BPF_FLAGS", Number),
        new(9, "TCA_BPF_FLAGS_GEN", Number),
        new(10, "TCA_BPF_TAG", Bytes),
        new(11, "TCA_BPF_ID", Number));

    /// <summary>TCA_*.</summary>
    internal static readonly AttributeScope TrafficControl = new(
        new(1, "TCA_KIND", Text),
        new(2, "TCA_OPTIONS", NestOfKind),
        new(11, "TCA_CHAIN", Number),
        new(13, "TCA_INGRESS_BLOCK", Number),
        new(14, "TCA_EGRESS_BLOCK", Number));

    /// <summary>NETNSA_*.</summary>
    internal static readonly AttributeScope NamespaceId = new(
        new(1, "NETNSA_NSID", Signed),
        new(2, "NETNSA_PID", Number),
        new(3, "NETNSA_FD", Number),
        new(4, "NETNSA_TARGET_NSID", Signed),
        new(5, "NETNSA_CURRENT_NSID", Signed));

    /// <summary>Nothing is known.</summary>
    internal static readonly AttributeScope Unknown = new();

    /// <summary>VETH_INFO_*: the peer is a whole link message, with its header.</summary>
    internal static readonly AttributeScope Veth = new(new AttributeName(1, "VETH_INFO_PEER", Bytes));

    /// <summary>Every scope, for the test that compares the numbers with the kernel's headers.</summary>
    internal static IEnumerable<AttributeScope> All => [Macvlan, Tun, Bridge, BridgePort, LinkInfo, Inet6, AddressFamilies, Link, Address, Route, Rule, Neighbour, BpfFilter, TrafficControl, NamespaceId, Veth];

    /// <summary>What is in IFLA_INFO_DATA or TCA_OPTIONS of a kind.</summary>
    internal static AttributeScope OfKind(string? kind) => kind switch
    {
        MacvlanSettings.Macvlan or MacvlanSettings.Macvtap => Macvlan,
        TunCodec.Kind => Tun,
        BridgeSettings.Bridge => Bridge,
        VethSettings.Veth => Veth,
        TrafficControlCodec.Bpf => BpfFilter,
        _ => Unknown,
    };
}
