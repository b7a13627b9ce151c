namespace MacvtapTools.Diagnosis.Host;

/// <summary>MAC addresses that several links have, over all network namespaces that can be looked into.</summary>
internal sealed class DuplicateAddressCheck() : HostCheckRule("DuplicateMacAddress", Network)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        string[] clashes = [.. AddressClashes.Find(host.Namespaces).Select(c => $"{c.Key}: {string.Join(", ", c.Select(l => l.Link.Name + l.Place.Place))}")];
        string[] unseen = [.. host.Namespaces.Where(n => n.Refusal is not null).Select(n => $"{n.Name}: {n.Refusal}")];
        if (clashes.Length > 0) return Warning($"Several links have the MAC address {Names(clashes, 2)}.", "Set-Link -MacAddress gives one of them another; on one network a switch sends frames for both to the one that was heard last.", [.. clashes, .. unseen]);
        return unseen.Length > 0
            ? Unknown($"No MAC address was found twice; {unseen.Length} network namespaces could not be looked into.", "Run it with CAP_SYS_ADMIN.", unseen)
            : Passed($"No link has another one's MAC address ({host.Namespaces.Sum(n => n.Links.Count)} links in {host.Namespaces.Count} network namespaces).");
    }
}
