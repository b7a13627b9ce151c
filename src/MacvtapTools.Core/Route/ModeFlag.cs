namespace MacvtapTools;

/// <summary>Flags of a mode (MACVLAN_FLAG_*, include/uapi/linux/if_link.h).</summary>
[Flags]
public enum ModeFlag
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Passthru: the lower device is not made promiscuous.</summary>
    NoPromiscuous = 1,

    /// <summary>Source mode: a frame from a listed address goes to this link only, and to no other destination.</summary>
    NoDestination = 2,
}
