namespace MacvtapTools.Links;

/// <summary>
/// Whether two readings of one interface index are of one link. The kernel gives an index again when its link is gone, and tells nothing that a link keeps for good: so a
/// link that goes by its old name is taken for the same, and one that was renamed is known by its address, where that is its own.
/// </summary>
internal static class LinkIdentity
{
    /// <summary>Whether a link is the one that was read before.</summary>
    internal static bool IsSame(Link now, Link earlier) =>
        IsSame((now.Name, now.Kind, OwnAddress(now)), (earlier.Name, earlier.Kind, OwnAddress(earlier)));

    /// <summary>The same, for what is kept of two readings. A null address is none: tun links and tunnels have none.</summary>
    internal static bool IsSame((string Name, string? Kind, string? OwnAddress) now, (string Name, string? Kind, string? OwnAddress) earlier) =>
        now.Kind == earlier.Kind && (now.Name == earlier.Name || (now.OwnAddress is not null && now.OwnAddress == earlier.OwnAddress));

    /// <summary>The MAC address by which a link can be known again, or null. A passthru link has that of its lower device, and so has the next one made on it.</summary>
    internal static string? OwnAddress(Link link) => link is MacvlanLink { Mode: LinkMode.Passthru } ? null : link.MacAddress;
}
