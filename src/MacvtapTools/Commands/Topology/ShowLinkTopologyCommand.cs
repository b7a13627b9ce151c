using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Topology;

namespace MacvtapTools.Commands;

/// <summary>Shows how links hang together, as a tree.</summary>
[Cmdlet(VerbsCommon.Show, "LinkTopology")]
[OutputType(typeof(TopologyLine))]
public sealed class ShowLinkTopologyCommand : TopologyCmdlet
{
    /// <summary>Draws with ASCII characters only.</summary>
    [Parameter]
    public SwitchParameter Ascii { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkTopology topology, IReadOnlyList<LinkSession> sessions)
    {
        foreach (TopologyLine line in TopologyTree.Draw(topology, Ascii)) WriteObject(line);
    }
}
