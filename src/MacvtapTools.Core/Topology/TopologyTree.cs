namespace MacvtapTools.Topology;

/// <summary>Draws a topology as lines of text.</summary>
internal static class TopologyTree
{
    private static readonly (string Last, string Next, string Blank, string Bar) Boxes = ("└─ ", "├─ ", "   ", "│  ");
    private static readonly (string Last, string Next, string Blank, string Bar) Ascii = ("`- ", "|- ", "   ", "|  ");

    /// <summary>The lines, tree by tree.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="isAscii">Whether only ASCII characters may be used to draw.</param>
    internal static IEnumerable<TopologyLine> Draw(LinkTopology topology, bool isAscii)
    {
        (string last, string next, string blank, string bar) = isAscii ? Ascii : Boxes;
        ILookup<TopologyNode, TopologyEdge> across = NodeText.AcrossOf(topology);
        var waiting = new Stack<(TopologyNode Node, string Before, string Below)>();
        foreach (TopologyNode root in topology.Roots)
        {
            waiting.Push((root, string.Empty, string.Empty));
            while (waiting.TryPop(out (TopologyNode Node, string Before, string Below) at))
            {
                yield return new TopologyLine(at.Node, [.. Parts(at.Node, at.Before, across)]) { IsAscii = isAscii };
                IReadOnlyList<TopologyNode> children = at.Node.Children;
                for (int i = children.Count - 1; i >= 0; i--)
                {
                    bool isLast = i == children.Count - 1;
                    waiting.Push((children[i], at.Below + (isLast ? last : next), at.Below + (isLast ? blank : bar)));
                }
            }
        }
    }

    private static IEnumerable<(LinePart, string)> Parts(TopologyNode node, string before, ILookup<TopologyNode, TopologyEdge> across)
    {
        if (before.Length > 0) yield return (LinePart.Branch, before);
        yield return (LinePart.Name, TextCells.Visible(NodeText.Title(node)));
        if (node.Role == TopologyRole.Holder) yield break;
        yield return (LinePart.Detail, $"  {NodeText.Kind(node)}{(node.Relation == TopologyRelation.Peer ? " (peer)" : string.Empty)}");
        if (NodeText.Port(node) is { } port) yield return (node.IsHairpinEffective == true ? LinePart.Good : LinePart.Detail, $"  {TextCells.Visible(port)}");
        if (NodeText.Obstacle(node) is { } obstacle) yield return (LinePart.Bad, $"  {obstacle}");
        if (NodeText.Namespace(node) is { } place) yield return (LinePart.Place, $"  {TextCells.Visible(place)}");
        if (node.MacAddress is { } address && !node.IsLoopback) yield return (LinePart.Detail, $"  {address}");
        if (NodeText.Across(node, across) is { } other) yield return (LinePart.Detail, $"  {TextCells.Visible(other)}");
    }
}
