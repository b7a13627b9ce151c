namespace MacvtapTools.Topology;

/// <summary>Breaks long rows of siblings where another program does the layout: an invisible edge to a sibling sends it one row down.</summary>
internal static class LongRows
{
    /// <summary>How many siblings stay in a row.</summary>
    internal const int Most = 10;

    /// <summary>The invisible edges, between siblings that carry nothing.</summary>
    internal static IEnumerable<(TopologyNode Upper, TopologyNode Below)> Of(LinkTopology topology)
    {
        foreach (TopologyNode parent in topology.Node)
        {
            TopologyNode[] leaves = [.. parent.Children.Where(c => c.Children.Count == 0)];
            for (int i = Most; i < leaves.Length; i++) yield return (leaves[i - Most], leaves[i]);
        }
    }
}
