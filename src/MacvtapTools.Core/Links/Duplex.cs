namespace MacvtapTools;

/// <summary>Whether a physical device sends and receives at once (DUPLEX_* in include/uapi/linux/ethtool.h).</summary>
public enum Duplex
{
    /// <summary>One direction at a time.</summary>
    Half = 0,

    /// <summary>Both directions at once.</summary>
    Full = 1,
}
