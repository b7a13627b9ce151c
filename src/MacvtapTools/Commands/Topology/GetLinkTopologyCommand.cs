using System.Management.Automation;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets how links hang together, as nodes and edges.</summary>
[Cmdlet(VerbsCommon.Get, "LinkTopology")]
[OutputType(typeof(LinkTopology))]
public sealed class GetLinkTopologyCommand : TopologyCmdlet
{
    /// <inheritdoc/>
    private protected override void Process(LinkTopology topology, IReadOnlyList<LinkSession> sessions) => WriteObject(topology);
}
