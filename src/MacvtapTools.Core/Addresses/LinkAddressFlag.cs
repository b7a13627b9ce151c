namespace MacvtapTools;

/// <summary>Flags of an address (IFA_F_* of include/uapi/linux/if_addr.h).</summary>
[Flags]
public enum LinkAddressFlag
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>IPv4: a further address of a network that the link has one in already. IPv6: a temporary address (RFC 8981).</summary>
    Secondary = 0x01,

    /// <summary>No duplicate address detection.</summary>
    NoDuplicateAddressDetection = 0x02,

    /// <summary>Used before duplicate address detection has ended.</summary>
    Optimistic = 0x04,

    /// <summary>Another host has the address: it is not used.</summary>
    DuplicateAddressDetectionFailed = 0x08,

    /// <summary>A home address (Mobile IPv6).</summary>
    HomeAddress = 0x10,

    /// <summary>Its preferred lifetime is over: not for new connections.</summary>
    Deprecated = 0x20,

    /// <summary>Duplicate address detection goes on: not used yet.</summary>
    Tentative = 0x40,

    /// <summary>Has no end of life.</summary>
    Permanent = 0x80,

    /// <summary>The kernel makes temporary addresses beside it.</summary>
    ManageTemporary = 0x100,

    /// <summary>Without a route to its network.</summary>
    NoPrefixRoute = 0x200,

    /// <summary>Joins its multicast group by itself.</summary>
    MulticastAutoJoin = 0x400,

    /// <summary>Made from a secret (RFC 7217).</summary>
    StablePrivacy = 0x800,
}
