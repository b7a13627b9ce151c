using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Multicast;

namespace MacvtapTools.Commands;

/// <summary>Gets the multicast groups that links let in.</summary>
[Cmdlet(VerbsCommon.Get, "LinkMulticastGroup", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkMulticastGroup))]
public sealed class GetLinkMulticastGroupCommand : LinkReadCmdlet
{
    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        var groups = new MulticastClient(session.Conversation, session.Namespace);
        WriteObject(groups.List(links, WarnInterrupted), enumerateCollection: true);
    }
}
