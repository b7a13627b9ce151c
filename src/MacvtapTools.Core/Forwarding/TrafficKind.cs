namespace MacvtapTools;

/// <summary>Kinds of frames, by their destination: each is forwarded by rules of its own.</summary>
[Flags]
public enum TrafficKind
{
    /// <summary>No kind.</summary>
    None = 0,

    /// <summary>To the MAC address of one receiver.</summary>
    Unicast = 1,

    /// <summary>To everybody (ff:ff:ff:ff:ff:ff): ARP requests, DHCP.</summary>
    Broadcast = 2,

    /// <summary>To a group: IPv6 neighbour discovery, mDNS, VRRP.</summary>
    Multicast = 4,

    /// <summary>All three.</summary>
    All = Unicast | Broadcast | Multicast,
}
