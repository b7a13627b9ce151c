using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Stops letting multicast groups into links.</summary>
[Cmdlet(VerbsCommon.Remove, "LinkMulticastGroup", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveLinkMulticastGroupCommand : LinkPartCmdlet<LinkMulticastGroup>
{
    /// <summary>The groups: MAC addresses, IPv4 or IPv6 multicast addresses, or names such as mDNS, VRRP and IPv6AllNodes.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("Group")]
    [ArgumentCompleter(typeof(LinkMulticastGroupCompleter))]
    public string[] MacAddress { get; set; } = [];

    /// <summary>Also takes a group that the host itself joined. The host does not notice, and is deaf to the group from then on.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        foreach (string text in MacAddress) Attempt(link, () => Remove(session, link, text));
    }

    /// <inheritdoc/>
    private protected override void ProcessPart(LinkMulticastGroup part)
    {
        LinkSession session = Session(part.NetworkNamespace);
        Remove(session, LinkOf(session, part.InterfaceIndex, part.Name), part.MacAddress);
    }

    private void Remove(LinkSession session, Link link, string text)
    {
        byte[] address = MulticastText.Parse(text);
        MulticastCauses.RequireList(link);
        var groups = new MulticastClient(session.Conversation, session.Namespace);
        if (!Force && groups.Find(link, address) is { IsStatic: false } joined) throw MulticastCauses.JoinedByHost(joined, link);
        try
        {
            if (!Proceed(Describe(link), $"Stop letting in multicast group {HardwareAddress.Format(address)}{MulticastGroupCompleter.Remark(address)}", () => ListPreflight.CheckGroup(link, address, letsIn: false, groups, LinkSnapshot.Take(session)))) return;
            if (groups.Remove(link, address) is { } left)
                WriteWarning($"{link.Name} still lets in {left.MacAddress}{MulticastGroupCompleter.Remark(address)}: it has another user, such as the host's own IP or a link on top of it.");
        }
        catch (KernelException failure)
        {
            throw MulticastCauses.Explain(failure, link);
        }
    }
}
