namespace MacvtapTools;

/// <summary>What a route does with a packet (RTN_* of include/uapi/linux/rtnetlink.h). Other values survive as numbers.</summary>
public enum RouteType
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>Sends it on.</summary>
    Unicast = 1,

    /// <summary>Takes it: the destination is an address of this host.</summary>
    Local = 2,

    /// <summary>Sends and takes it as a broadcast.</summary>
    Broadcast = 3,

    /// <summary>Sends it as a broadcast, takes it as unicast.</summary>
    Anycast = 4,

    /// <summary>Sends it to a group.</summary>
    Multicast = 5,

    /// <summary>Drops it without a word.</summary>
    Blackhole = 6,

    /// <summary>Drops it and says that the host is unreachable.</summary>
    Unreachable = 7,

    /// <summary>Drops it and says that it is not allowed.</summary>
    Prohibit = 8,

    /// <summary>Goes on in the next routing table.</summary>
    Throw = 9,
}
