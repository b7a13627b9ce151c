using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Sets whether packets that come in by links are passed on.</summary>
[Cmdlet(VerbsCommon.Set, "LinkForwarding", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(LinkForwarding))]
public sealed class SetLinkForwardingCommand : LinkChangeCmdlet
{
    private const string AllSet = "AllLinks";

    /// <summary>All links of the network namespace, and those that come later (net.ipv4.ip_forward, net.ipv6.conf.all).</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter AllLinks { get; set; }

    /// <summary>Passes IPv4 packets on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IPv4")]
    public bool? IPv4Forwarding { get; set; }

    /// <summary>Makes the host an IPv6 router on the link. Packets are passed on only where the whole namespace's switch is on too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IPv6")]
    public bool? IPv6Forwarding { get; set; }

    /// <summary>Answers ARP requests for addresses that this host would route elsewhere. It does so where the link's own setting or the namespace's is on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? ProxyArp { get; set; }

    /// <summary>Gives the links' settings back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ForwardingChange Change => new(IPv4Forwarding, IPv6Forwarding, ProxyArp);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == AllSet) Attempt(NetworkNamespace, SetAll);
        else base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        ThrowIfNothing();
        var client = new ForwardingClient(session.Namespace);
        try
        {
            if (!Proceed(Describe(link), $"Set {Change}", () => Check(session, client, link.Name))) return;
            if (client.Set(link.Name, Change) is { } failed) throw ForwardingCauses.Explain(failed, link);
        }
        catch (KernelException failure)
        {
            throw ForwardingCauses.Explain(failure, link);
        }

        // The settings go by name. Where another link got the name meanwhile, this says so.
        Link now = LinkSelection.Again(session.Reader, link);
        if (now.Name != link.Name) throw new MacvtapException(FailureId.LinkNotFound, $"{link.Name} was renamed to {now.Name} while its settings were written.", "Set them again.", link);
        LinkForwarding result = client.List([now])[0];
        if (IPv6Forwarding == true && result.NamespaceIPv6Forwarding == false)
            WriteWarning($"The kernel passes no IPv6 packets on from {link.Name} as long as the switch of the whole network namespace is off: Set-LinkForwarding -AllLinks -IPv6Forwarding $true{CommandText.Place(link.NetworkNamespace)}.");
        if (ProxyArp == false && result.NamespaceProxyArp == true)
            WriteWarning($"The host goes on answering ARP requests for others on {link.Name} as long as the switch of the whole network namespace is on: Set-LinkForwarding -AllLinks -ProxyArp $false{CommandText.Place(link.NetworkNamespace)}.");
        if (PassThru) WriteObject(result);
    }

    private void SetAll()
    {
        ThrowIfNothing();
        LinkSession session = Session();
        string target = $"all links of {(NetworkNamespace is { } name ? $"network namespace {name}" : "the current network namespace")}";
        var client = new ForwardingClient(session.Namespace);
        try
        {
            if (!Proceed(target, $"Set {Change}", () => Check(session, client, null))) return;
            if (client.Set(null, Change) is { } failed) throw ForwardingCauses.Explain(failed, NetworkNamespace);
        }
        catch (KernelException failure)
        {
            throw ForwardingCauses.Explain(failure, NetworkNamespace);
        }

        if (!PassThru && ProxyArp != false) return;
        IReadOnlyList<LinkForwarding> result = client.List(LinkSelection.All(session.Reader, null, WarnInterrupted));
        string[] answering = ProxyArp == false ? [.. result.Where(f => f.ProxyArp == true).Select(f => f.Name)] : [];
        if (answering.Length > 0) WriteWarning($"The host goes on answering ARP requests for others on links whose own setting is on: Set-LinkForwarding {string.Join(", ", answering.Select(CommandText.Pattern))} -ProxyArp $false{CommandText.Place(NetworkNamespace)}.");
        if (PassThru) WriteObject(result, enumerateCollection: true);
    }

    private Verdict Check(LinkSession session, ForwardingClient client, string? name) => Verdict.Unless(() => client.Check(name, Change, LinkSnapshot.Take(session).MayChange));

    private void ThrowIfNothing()
    {
        if (Change.IsNothing)
            throw new MacvtapException(FailureId.ParameterInvalid, "Nothing is to be set.", "Give -IPv4Forwarding, -IPv6Forwarding or -ProxyArp.");
    }
}
