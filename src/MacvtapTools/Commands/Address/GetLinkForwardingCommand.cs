using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Gets whether packets that come in by links are passed on.</summary>
[Cmdlet(VerbsCommon.Get, "LinkForwarding", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkForwarding))]
public sealed class GetLinkForwardingCommand : LinkReadCmdlet
{
    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links) =>
        WriteObject(new ForwardingClient(session.Namespace).List(links), enumerateCollection: true);
}
