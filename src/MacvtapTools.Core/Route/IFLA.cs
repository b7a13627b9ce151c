namespace MacvtapTools.Route;

/// <summary>Attributes of a link message: enum in include/uapi/linux/if_link.h.</summary>
internal static class IFLA
{
    internal const int ADDRESS = 1;
    internal const int BROADCAST = 2;
    internal const int IFNAME = 3;
    internal const int MTU = 4;
    internal const int LINK = 5;
    internal const int QDISC = 6;
    internal const int STATS = 7;
    internal const int MASTER = 10;
    internal const int WIRELESS = 11;
    internal const int PROTINFO = 12;
    internal const int TXQLEN = 13;
    internal const int OPERSTATE = 16;
    internal const int LINKMODE = 17;
    internal const int LINKINFO = 18;
    internal const int NET_NS_PID = 19;
    internal const int IFALIAS = 20;
    internal const int STATS64 = 23;
    internal const int AF_SPEC = 26;
    internal const int GROUP = 27;
    internal const int NET_NS_FD = 28;
    internal const int EXT_MASK = 29;
    internal const int PROMISCUITY = 30;
    internal const int NUM_TX_QUEUES = 31;
    internal const int NUM_RX_QUEUES = 32;
    internal const int CARRIER = 33;
    internal const int CARRIER_CHANGES = 35;
    internal const int LINK_NETNSID = 37;
    internal const int PROTO_DOWN = 39;
    internal const int NEW_NETNSID = 45;
    internal const int TARGET_NETNSID = 46;
    internal const int NEW_IFINDEX = 49;
    internal const int MIN_MTU = 50;
    internal const int MAX_MTU = 51;
    internal const int PROP_LIST = 52;
    internal const int ALT_IFNAME = 53;
    internal const int PERM_ADDRESS = 54;
    internal const int ALLMULTI = 61;

    internal const int INFO_KIND = 1;
    internal const int INFO_DATA = 2;
    internal const int INFO_SLAVE_KIND = 4;
    internal const int INFO_SLAVE_DATA = 5;

    internal const int INET6_ADDR_GEN_MODE = 8;
}
