using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Protection;

namespace MacvtapTools.Commands;

/// <summary>Lets the kernel drop what a guest must not send, and what must not reach it.</summary>
[Cmdlet(VerbsSecurity.Protect, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(LinkProtection))]
public sealed class ProtectLinkCommand : LinkChangeCmdlet
{
    /// <summary>The MAC addresses that the guest may send from: addresses, or Own for the one that the link has now.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(SourceAddressCompleter))]
    public string[] AllowSourceAddress { get; set; } = [];

    /// <summary>Drops what goes to, and what comes from, the other links of the lower device.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Isolate { get; set; }

    /// <summary>Drops answers of a DHCP server in the guest: UDP to port 68, and to port 546 over IPv6.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter BlockDhcpServer { get; set; }

    /// <summary>Drops router advertisements of the guest.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter BlockRouterAdvertisement { get; set; }

    /// <summary>The IPv4 addresses that the guest may claim by ARP, and the IPv6 addresses by neighbour discovery.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[] AllowArpFor { get; set; } = [];

    /// <summary>Gives the protection back as the kernel has it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        MacvlanLink protectedLink = ProtectionLinks.Require(link);
        IReadOnlyList<ulong>? siblings = Isolate ? ProtectionLinks.Siblings(protectedLink, session, Session) : null;
        ProtectionRules rules = ProtectionRequest.Parse(link, AllowSourceAddress, AllowArpFor, BlockDhcpServer, BlockRouterAdvertisement, siblings);
        if (rules.IsEmpty)
        {
            throw new Failures.MacvtapException(
                Failures.FailureId.ParameterInvalid,
                $"Nothing is said that {link.Name} should be protected from.",
                "Give -AllowSourceAddress Own, -Isolate, -BlockDhcpServer, -BlockRouterAdvertisement or -AllowArpFor; Unprotect-Link removes a protection.",
                link);
        }

        try
        {
            if (!Proceed(Describe(link), $"Let through only what these rules allow: {Text(rules)}", () => ProtectionPreflight.CheckSet(link, rules, session))) return;
            ProtectionReading reading = new ProtectionClient(session.Conversation).Set(link, rules);
            Warn(link, rules, reading);
            if (PassThru) WriteObject(new LinkProtection(link, reading, siblings ?? []));
        }
        catch (KernelException failure)
        {
            throw ProtectionCauses.Explain(failure, link);
        }
    }

    private static string Text(ProtectionRules rules)
    {
        var parts = new List<string>();
        if (rules.Sources.Count > 0) parts.Add($"sends from {string.Join(", ", rules.Sources.Select(ProtectionRules.MacText))}");
        if (rules.Isolate) parts.Add(rules.Siblings.Count == 1 ? "isolated from 1 other link" : $"isolated from {rules.Siblings.Count} other links");
        if (rules.BlockDhcpServer) parts.Add("no DHCP server");
        if (rules.BlockRouterAdvertisement) parts.Add("no router advertisements");
        if (rules.ArpAddresses.Count > 0) parts.Add($"ARP for {rules.ArpAddresses.Count} addresses");
        if (rules.NeighbourAddresses.Count > 0) parts.Add($"neighbour discovery for {rules.NeighbourAddresses.Count} addresses");
        return string.Join("; ", parts);
    }

    private void Warn(Link link, ProtectionRules rules, ProtectionReading reading)
    {
        if (reading.IsPreceded) WriteWarning($"Another filter of {link.Name} sees frames before these rules do, and can let them pass: tc filter show dev {link.Name} egress (and ingress) shows it.");
        if (link is not MacvtapLink)
            WriteWarning($"{link.Name} is a macvlan: a program that uses it and has CAP_NET_RAW, as in a container by default, can send past these rules (PACKET_QDISC_BYPASS). Take that from it (docker run --cap-drop NET_RAW), or give the guest a macvtap, whose device has no such way.");
        if (ProtectionRequest.LacksLinkLocal(rules)) WriteWarning($"None of the IPv6 addresses of -AllowArpFor is link-local (fe80::…): the guest of {link.Name} cannot be found under its own, and cannot ask from it.");
    }
}
