namespace MacvtapTools.Route;

/// <summary>Message types and flags of include/uapi/linux/rtnetlink.h, if.h and neighbour.h.</summary>
internal static class RtnetlinkConstants
{
    internal const ushort RTM_NEWLINK = 16;
    internal const ushort RTM_DELLINK = 17;
    internal const ushort RTM_GETLINK = 18;
    internal const ushort RTM_SETLINK = 19;
    internal const ushort RTM_NEWADDR = 20;
    internal const ushort RTM_DELADDR = 21;
    internal const ushort RTM_GETADDR = 22;
    internal const ushort RTM_NEWROUTE = 24;
    internal const ushort RTM_DELROUTE = 25;
    internal const ushort RTM_GETROUTE = 26;
    internal const ushort RTM_NEWNEIGH = 28;
    internal const ushort RTM_DELNEIGH = 29;
    internal const ushort RTM_GETNEIGH = 30;
    internal const ushort RTM_NEWRULE = 32;
    internal const ushort RTM_GETRULE = 34;
    internal const ushort RTM_NEWQDISC = 36;
    internal const ushort RTM_DELQDISC = 37;
    internal const ushort RTM_GETQDISC = 38;
    internal const ushort RTM_NEWTFILTER = 44;
    internal const ushort RTM_DELTFILTER = 45;
    internal const ushort RTM_GETTFILTER = 46;
    internal const ushort RTM_NEWLINKPROP = 108;
    internal const ushort RTM_DELLINKPROP = 109;

    internal const int RTNLGRP_LINK = 1;

    internal const byte AF_UNSPEC = 0;
    internal const byte AF_INET = 2;
    internal const byte AF_BRIDGE = 7;
    internal const byte AF_INET6 = 10;

    internal const uint IFF_UP = 0x1;
    internal const uint IFF_NOARP = 0x80;
    internal const uint IFF_PROMISC = 0x100;
    internal const uint IFF_ALLMULTI = 0x200;
    internal const uint IFF_MULTICAST = 0x1000;
    internal const uint IFF_LOWER_UP = 0x10000;

    internal const uint RTEXT_FILTER_VF = 1;
    internal const uint RTEXT_FILTER_SKIP_STATS = 8;
    internal const uint RTEXT_FILTER_MRP = 16;

    /// <summary>Longest interface name, in bytes, without its NUL (IFNAMSIZ - 1).</summary>
    internal const int LongestName = 15;

    /// <summary>How many bytes an address of a family has; -1 for families that this library does not know.</summary>
    internal static int AddressLength(byte family) => family switch { AF_INET => 4, AF_INET6 => 16, _ => -1 };

    /// <summary>The family of an address, by its length.</summary>
    internal static byte FamilyOf(ReadOnlySpan<byte> address) => address.Length == AddressLength(AF_INET) ? AF_INET : AF_INET6;
}
