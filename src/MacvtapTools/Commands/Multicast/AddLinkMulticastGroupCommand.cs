using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Lets multicast groups into links.</summary>
[Cmdlet(VerbsCommon.Add, "LinkMulticastGroup", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(LinkMulticastGroup))]
public sealed class AddLinkMulticastGroupCommand : LinkChangeCmdlet
{
    /// <summary>The groups: MAC addresses, IPv4 or IPv6 multicast addresses, or names such as mDNS, VRRP and IPv6AllNodes.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Group")]
    [ArgumentCompleter(typeof(MulticastGroupCompleter))]
    public string[] MacAddress { get; set; } = [];

    /// <summary>Gives the groups back as the kernel lists them afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        var groups = new MulticastClient(session.Conversation, session.Namespace);
        foreach (string text in MacAddress) Attempt(link, () => Add(session, groups, link, text));
    }

    private void Add(LinkSession session, MulticastClient groups, Link link, string text)
    {
        byte[] address = MulticastText.Parse(text);
        MulticastCauses.RequireList(link);
        try
        {
            if (!Proceed(Describe(link), $"Let in multicast group {HardwareAddress.Format(address)}{MulticastGroupCompleter.Remark(address)}", () => ListPreflight.CheckGroup(link, address, letsIn: true, groups, LinkSnapshot.Take(session)))) return;
            LinkMulticastGroup group = groups.Add(link, address);
            if (PassThru) WriteObject(group);
        }
        catch (KernelException failure)
        {
            throw MulticastCauses.Explain(failure, link);
        }
    }
}
