namespace MacvtapTools.Diagnosis.Host;

/// <summary>Links with the same MAC address where that does harm: one of them is a macvlan or macvtap, and no other rule makes them alike.</summary>
internal static class AddressClashes
{
    /// <summary>Finds them, by address.</summary>
    internal static IEnumerable<IGrouping<string, PlacedLink>> Find(IEnumerable<NamespaceView> namespaces) => namespaces
        .SelectMany(n => n.Links.Where(IsConcerned).Select(l => new PlacedLink(n, l)))
        .GroupBy(l => l.Link.MacAddress!, StringComparer.Ordinal)
        .Where(g => g.Count() > 1 && g.Any(l => l.Link is MacvlanLink));

    /// <summary>A passthru link has its lower device's address; a VLAN, a bridge and a bond have one of a device below them.</summary>
    private static bool IsConcerned(Link link) =>
        link.MacAddress is not (null or "00:00:00:00:00:00")
        && link is not (BridgeLink or MacvlanLink { Mode: LinkMode.Passthru })
        && link.Kind is not ("vlan" or "bond" or "team" or "ipvlan" or "ipvtap" or "macsec")
        && link.Master is null;
}
