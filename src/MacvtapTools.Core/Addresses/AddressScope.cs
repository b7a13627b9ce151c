namespace MacvtapTools;

/// <summary>How far an address or a route reaches (enum rt_scope_t of include/uapi/linux/rtnetlink.h). Other values survive as numbers.</summary>
public enum AddressScope
{
    /// <summary>Everywhere.</summary>
    Global = 0,

    /// <summary>The site (IPv6, obsolete).</summary>
    Site = 200,

    /// <summary>This link only.</summary>
    Link = 253,

    /// <summary>This host only.</summary>
    Host = 254,

    /// <summary>Nowhere: no such destination.</summary>
    Nowhere = 255,
}
