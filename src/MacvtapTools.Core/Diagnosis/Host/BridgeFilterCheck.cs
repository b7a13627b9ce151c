namespace MacvtapTools.Diagnosis.Host;

/// <summary>Bridges that let not all pass: VLAN filtering.</summary>
internal sealed class BridgeFilterCheck() : HostCheckRule("BridgeFilter", Network)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        (NamespaceView Place, BridgeLink Bridge)[] all = [.. host.Namespaces.SelectMany(n => n.Links.OfType<BridgeLink>().Select(b => (n, b)))];
        string[] filtering = [.. all.Where(a => a.Bridge.VlanFiltering == true).Select(a => a.Bridge.Name + a.Place.Place)];
        string[] evidence = [.. all.Select(a => $"{a.Bridge.Name}{a.Place.Place}: VLAN filtering {(a.Bridge.VlanFiltering == true ? "on" : "off")}")];
        if (all.Length == 0) return NotApplicable("There is no bridge.");
        return filtering.Length == 0
            ? Passed($"No bridge filters VLANs ({all.Length} looked at).", null, evidence)
            : Warning(
                $"VLANs are filtered by {Names(filtering)}: frames of a guest with a VLAN that its port does not have are dropped.",
                "bridge vlan show tells which VLANs the ports have.",
                evidence);
    }
}
