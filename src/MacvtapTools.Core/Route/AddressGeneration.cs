namespace MacvtapTools;

/// <summary>How the host makes IPv6 addresses of its own on a link (IN6_ADDR_GEN_MODE_*, include/uapi/linux/if_link.h).</summary>
public enum AddressGeneration
{
    /// <summary>From the MAC address. On a macvtap that is the address that the guest makes for itself.</summary>
    Eui64 = 0,

    /// <summary>None at all: the host stays out of the guest's network.</summary>
    None = 1,

    /// <summary>From a secret, stable for each network (RFC 7217).</summary>
    StablePrivacy = 2,

    /// <summary>From a random secret.</summary>
    Random = 3,
}
