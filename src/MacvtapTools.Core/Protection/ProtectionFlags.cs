namespace MacvtapTools.Protection;

/// <summary>The rules of a program that are on or off, as they stand in its second instruction.</summary>
[Flags]
internal enum ProtectionFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The hook goes with the protection.</summary>
    OwnsHook = 1,

    /// <summary>Siblings are kept away.</summary>
    Isolate = 2,

    /// <summary>No answers of a DHCP server.</summary>
    BlockDhcpServer = 4,

    /// <summary>No router advertisements.</summary>
    BlockRouterAdvertisement = 8,

    /// <summary>All of them.</summary>
    All = 15,
}
