namespace MacvtapTools.Topology;

/// <summary>
/// Many links on one node, put into a box with rows, for where another program does the layout: it would put them into one row, and draw a line to each. One line to the
/// box says the same. A link goes in with what hangs on it, where that is a single line (a macvtap and the process that holds it).
/// </summary>
internal sealed class LinkShelf
{
    /// <summary>How many stay in a row, and how many there are without a box.</summary>
    internal const int Most = 10;

    private LinkShelf(TopologyNode parent, TopologyRelation relation, TopologyNode[] tops)
    {
        Parent = parent;
        Relation = relation;
        Tops = tops;
    }

    /// <summary>What all in the box hang on.</summary>
    internal TopologyNode Parent { get; }

    /// <summary>How.</summary>
    internal TopologyRelation Relation { get; }

    /// <summary>The links of the box, without what hangs on them.</summary>
    internal IReadOnlyList<TopologyNode> Tops { get; }

    /// <summary>Everything in the box.</summary>
    internal IEnumerable<TopologyNode> Nodes => Tops.SelectMany(t => t.Tree());

    /// <summary>The box's name in a file; no node's.</summary>
    internal string Id => $"on_{Parent.Id}_{Relation}";

    /// <summary>What is in it.</summary>
    internal string Label => Relation == TopologyRelation.Port ? $"{Tops.Count} ports of {Parent.Name}" : $"{Tops.Count} links on {Parent.Name}";

    /// <summary>The first row, from left to right.</summary>
    internal IEnumerable<TopologyNode> FirstRow => Tops.Take(Most);

    /// <summary>What stands below what.</summary>
    internal IEnumerable<(TopologyNode Upper, TopologyNode Below)> Columns => Tops.Skip(Most).Select((below, i) => (Tops[i].Tree().Last(), below));

    /// <summary>What stands in the middle of the bottom.</summary>
    internal TopologyNode Bottom => Tops[Tops.Count - 1 - (Most / 2)].Tree().Last();

    /// <summary>The boxes of a topology.</summary>
    internal static IReadOnlyList<LinkShelf> Of(LinkTopology topology) =>
    [
        .. topology.Node.SelectMany(parent => parent.Children
            .Where(c => c.Relation is TopologyRelation.Lower or TopologyRelation.Port && c.Tree().All(n => n.Children.Count <= 1))
            .GroupBy(c => c.Relation!.Value)
            .Where(g => g.Count() > Most)
            .Select(g => new LinkShelf(parent, g.Key, [.. g]))),
    ];
}
