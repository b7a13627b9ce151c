namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether a packet is dropped that came in by another link than the answer would go out by.</summary>
internal sealed class ReversePathCheck() : HostCheckRule("ReversePathFilter", Settings)
{
    private const string Strict = "1";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        string? all = host.ReadSetting("ipv4/conf/all/rp_filter");
        if (all is null) return Unknown("net.ipv4.conf.all.rp_filter cannot be read.", "Mount /proc.");
        IReadOnlyList<Link> links = host.Namespaces[0].Links;
        HashSet<int> shared = [.. links.OfType<MacvlanLink>().Where(l => l is not MacvtapLink && l.LowerDeviceNamespaceId is null && l.LowerDeviceIndex is not null).Select(l => l.LowerDeviceIndex!.Value)];
        Link[] concerned = [.. links.Where(l => shared.Contains(l.InterfaceIndex) || (l is MacvlanLink and not MacvtapLink))];
        if (concerned.Length == 0) return NotApplicable("The host has no macvlan of its own, so no two links to one network.", $"net.ipv4.conf.all.rp_filter = {all}");

        // The kernel takes the larger of the two values (Documentation/networking/ip-sysctl.rst); 2 is loose.
        string[] strict = [.. concerned.Where(l => (all, host.ReadSetting($"ipv4/conf/{l.Name}/rp_filter")) is (Strict, "0" or Strict) or ("0", Strict)).Select(l => l.Name)];
        return strict.Length == 0
            ? Passed("Links to the same network do not drop each other's packets.", null, $"net.ipv4.conf.all.rp_filter = {all}")
            : Warning(
                $"The host drops packets on {Names(strict)} whose answer would go out by another link; a macvlan and its lower device lead to the same network.",
                "Set net.ipv4.conf.LINK.rp_filter to 2 (loose) there, or give only one of them addresses.",
                [$"net.ipv4.conf.all.rp_filter = {all}", .. strict.Select(n => $"net.ipv4.conf.{n}.rp_filter = {host.ReadSetting($"ipv4/conf/{n}/rp_filter")}")]);
    }
}
