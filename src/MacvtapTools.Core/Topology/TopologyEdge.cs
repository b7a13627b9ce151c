namespace MacvtapTools;

/// <summary>A line of a topology, from what carries to what is carried.</summary>
public sealed class TopologyEdge
{
    internal TopologyEdge(TopologyNode from, TopologyNode to, TopologyRelation relation, bool isCross)
    {
        FromNode = from;
        ToNode = to;
        Relation = relation;
        IsCross = isCross;
    }

    /// <summary>The id of the node that carries: bridge, lower device, one end of a veth pair, link.</summary>
    public string From => FromNode.Id;

    /// <summary>The id of the node that hangs on it.</summary>
    public string To => ToNode.Id;

    /// <summary>How.</summary>
    public TopologyRelation Relation { get; }

    /// <summary>Whether it joins two nodes that are not parent and child in the tree: a cable between two bridges, the lower device of a port.</summary>
    public bool IsCross { get; }

    internal TopologyNode FromNode { get; }

    internal TopologyNode ToNode { get; }

    /// <summary>For example "br0 - p0 (Port)".</summary>
    public override string ToString() => $"{FromNode.Name} - {ToNode.Name} ({Relation})";
}
