namespace MacvtapTools;

/// <summary>The flags of a network interface (IFF_*, include/uapi/linux/if.h); see netdevice(7).</summary>
[Flags]
public enum InterfaceFlag
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Switched on.</summary>
    Up = 0x1,

    /// <summary>Has a broadcast address.</summary>
    Broadcast = 0x2,

    /// <summary>Debugging is on.</summary>
    Debug = 0x4,

    /// <summary>The loopback device.</summary>
    Loopback = 0x8,

    /// <summary>Has one peer.</summary>
    PointToPoint = 0x10,

    /// <summary>Avoids trailers.</summary>
    NoTrailers = 0x20,

    /// <summary>Operational.</summary>
    Running = 0x40,

    /// <summary>Does no ARP.</summary>
    NoArp = 0x80,

    /// <summary>Takes every frame.</summary>
    Promiscuous = 0x100,

    /// <summary>Takes every multicast.</summary>
    AllMulticast = 0x200,

    /// <summary>Master of a bundle.</summary>
    Master = 0x400,

    /// <summary>Part of a bundle.</summary>
    Slave = 0x800,

    /// <summary>Can do multicast.</summary>
    Multicast = 0x1000,

    /// <summary>Can choose a medium.</summary>
    PortSelection = 0x2000,

    /// <summary>Can choose a medium by itself.</summary>
    AutomaticMedia = 0x4000,

    /// <summary>Loses its addresses when it goes down.</summary>
    Dynamic = 0x8000,

    /// <summary>Has a carrier.</summary>
    LowerUp = 0x10000,

    /// <summary>Waits for an outside event.</summary>
    Dormant = 0x20000,

    /// <summary>Echoes what it sends.</summary>
    Echo = 0x40000,
}
