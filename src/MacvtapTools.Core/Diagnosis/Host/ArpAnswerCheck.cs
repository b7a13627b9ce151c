namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the host answers for an address on every link that hears the question.</summary>
internal sealed class ArpAnswerCheck() : HostCheckRule("ArpAnswers", Settings)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        string? ignore = host.ReadSetting("ipv4/conf/all/arp_ignore");
        string? filter = host.ReadSetting("ipv4/conf/all/arp_filter");
        if (ignore is null || filter is null) return Unknown("net.ipv4.conf.all.arp_ignore and arp_filter cannot be read.", "Mount /proc.");
        Link[] own = [.. host.Namespaces[0].Links.Where(l => l is MacvlanLink and not MacvtapLink)];
        string[] evidence = [$"net.ipv4.conf.all.arp_ignore = {ignore}", $"net.ipv4.conf.all.arp_filter = {filter}"];
        if (own.Length == 0) return NotApplicable("The host has no macvlan of its own, so no two links to one network.", evidence);
        string[] loose = [.. own.Where(l => ignore == "0" && filter == "0" && host.ReadSetting($"ipv4/conf/{l.Name}/arp_ignore") == "0" && host.ReadSetting($"ipv4/conf/{l.Name}/arp_filter") == "0").Select(l => l.Name)];
        return loose.Length == 0
            ? Passed("The host answers ARP only where the address is.", null, evidence)
            : Warning(
                $"The host answers ARP for all its addresses on {Names(loose)}: neighbours can take the MAC address of the wrong link for the host's.",
                "Set net.ipv4.conf.LINK.arp_ignore to 1 on the macvlan and on its lower device, where both have addresses.",
                evidence);
    }
}
