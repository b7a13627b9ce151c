namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the host passes IPv4 packets on.</summary>
internal sealed class ForwardingCheck() : HostCheckRule("IPForward", Settings)
{
    private const string Setting = "ipv4/ip_forward";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host) => host.ReadSetting(Setting) switch
    {
        null => Unknown("net.ipv4.ip_forward cannot be read.", "Mount /proc."),
        "0" => Passed("The host passes no IPv4 packets on: guests reach other networks only by a router on their own network.", "Set-LinkForwarding -AllLinks -IPv4Forwarding $true makes the host a router.", "net.ipv4.ip_forward = 0"),
        var value when host.Namespaces[0].Links.Any(l => l is MacvlanLink { Mode: LinkMode.Private }) => Warning(
            "The host passes IPv4 packets on: it can carry packets between guests whose links are in private mode.",
            "Filter it there, or Set-LinkForwarding NAME -IPv4Forwarding $false for the links that it shall not come in by.",
            $"net.ipv4.ip_forward = {value}"),
        var value => Passed("The host passes IPv4 packets on.", null, $"net.ipv4.ip_forward = {value}"),
    };
}
