namespace MacvtapTools;

/// <summary>How a macvlan or macvtap exchanges frames with the others of its lower device (MACVLAN_MODE_*, include/uapi/linux/if_link.h).</summary>
public enum LinkMode
{
    /// <summary>Like <see cref="Vepa"/>, and its broadcasts reach no sibling. Unicast is not blocked: it arrives where a reflective relay returns it.</summary>
    Private = 1,

    /// <summary>Every frame leaves through the lower device; a switch with a reflective relay (hairpin) returns what is meant for a sibling. The kernel's default.</summary>
    Vepa = 2,

    /// <summary>Siblings that are in bridge mode too are reached directly.</summary>
    Bridge = 4,

    /// <summary>The one link of its lower device: it takes all of its unicast, and its MAC address.</summary>
    Passthru = 8,

    /// <summary>Receives only from the MAC addresses of its list.</summary>
    Source = 16,
}
