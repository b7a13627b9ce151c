namespace MacvtapTools;

/// <summary>Who made a route (RTPROT_* of include/uapi/linux/rtnetlink.h). The numbers of routing daemons (186 for BGP, 188 for OSPF) survive as numbers.</summary>
public enum RouteProtocol
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>An ICMP redirect.</summary>
    Redirect = 1,

    /// <summary>The kernel, for an address.</summary>
    Kernel = 2,

    /// <summary>Something while the host started; also what ip route add writes.</summary>
    Boot = 3,

    /// <summary>An administrator; Add-LinkRoute writes this.</summary>
    Static = 4,

    /// <summary>An IPv6 router advertisement.</summary>
    RouterAdvertisement = 9,

    /// <summary>A DHCP client.</summary>
    Dhcp = 16,
}
