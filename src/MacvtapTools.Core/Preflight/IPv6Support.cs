namespace MacvtapTools.Preflight;

/// <summary>Whether a link can have IPv6.</summary>
internal enum IPv6Support
{
    /// <summary>It can.</summary>
    On,

    /// <summary>It is switched off on the link (disable_ipv6).</summary>
    Off,

    /// <summary>Its MTU is too small.</summary>
    TooSmall,

    /// <summary>The kernel has none.</summary>
    Missing,
}
