namespace MacvtapTools;

/// <summary>What a classic tun/tap link carries (IFF_TUN, IFF_TAP in include/uapi/linux/if_tun.h).</summary>
public enum TapMode
{
    /// <summary>IP packets.</summary>
    Tun = 1,

    /// <summary>Ethernet frames.</summary>
    Tap = 2,
}
