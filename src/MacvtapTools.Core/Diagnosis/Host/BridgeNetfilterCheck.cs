namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether bridged frames go through the host's packet filter (br_netfilter).</summary>
internal sealed class BridgeNetfilterCheck() : HostCheckRule("BridgeNetfilter", Settings)
{
    private static readonly string[] Switches = ["bridge-nf-call-iptables", "bridge-nf-call-ip6tables", "bridge-nf-call-arptables"];

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        (string Name, string? Value)[] values = [.. Switches.Select(n => (n, host.ReadSetting($"bridge/{n}")))];
        if (values.All(v => v.Value is null)) return Passed("Bridged frames do not go through the packet filter: br_netfilter is not loaded.", null, "net.bridge is not there");
        string[] evidence = [.. values.Where(v => v.Value is not null).Select(v => $"net.bridge.{v.Name} = {v.Value}")];
        return values.Any(v => v.Value is not (null or "0"))
            ? Warning(
                "Bridged frames go through the packet filter: rules that were made for routed packets (as Docker's) can drop what a hairpin port should return.",
                $"sysctl -w {string.Join(" ", values.Where(v => v.Value is not (null or "0")).Select(v => $"net.bridge.{v.Name}=0"))}, or let bridged frames pass in the filter.",
                evidence)
            : Passed("Bridged frames do not go through the packet filter.", null, evidence);
    }
}
