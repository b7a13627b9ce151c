namespace MacvtapTools;

/// <summary>What a node of a topology is in it: the colour of its box.</summary>
public enum TopologyRole
{
    /// <summary>Any other link.</summary>
    Link,

    /// <summary>A bridge.</summary>
    Bridge,

    /// <summary>The port of a bridge, or a member of a bond or VRF.</summary>
    Port,

    /// <summary>A link that macvlans or macvtaps are on.</summary>
    LowerDevice,

    /// <summary>A macvlan.</summary>
    Macvlan,

    /// <summary>A macvtap.</summary>
    Macvtap,

    /// <summary>A classic tun or tap link.</summary>
    Tap,

    /// <summary>A process that has a tap device open.</summary>
    Holder,

    /// <summary>A link of a network namespace that was not read: only its name or index is known.</summary>
    Elsewhere,
}
