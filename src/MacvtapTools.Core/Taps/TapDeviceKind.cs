namespace MacvtapTools;

/// <summary>How a tap device is opened.</summary>
public enum TapDeviceKind
{
    /// <summary>By a node of its own, /dev/tapN: each open is a queue (drivers/net/tap.c).</summary>
    Macvtap,

    /// <summary>By /dev/net/tun, which is one for all links; the link is then named to it (TUNSETIFF). It carries Ethernet frames (drivers/net/tun.c).</summary>
    Tap,

    /// <summary>As <see cref="Tap"/>, and it carries IP packets.</summary>
    Tun,
}
