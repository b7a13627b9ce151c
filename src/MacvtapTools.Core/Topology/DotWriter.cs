using System.Text;

namespace MacvtapTools.Topology;

/// <summary>Writes a topology in the language of Graphviz (https://graphviz.org/doc/info/lang.html).</summary>
internal static class DotWriter
{
    /// <summary>The graph.</summary>
    internal static string Write(TopologyPicture picture)
    {
        ILookup<TopologyNode, TopologyEdge> across = NodeText.AcrossOf(picture.Topology);
        IReadOnlyList<LinkShelf> shelves = LinkShelf.Of(picture.Topology);
        HashSet<TopologyNode> shelved = [.. shelves.SelectMany(s => s.Nodes)];
        HashSet<TopologyNode> reachedByShelf = [.. shelves.SelectMany(s => s.Tops)];
        var text = new StringBuilder("digraph topology {\n");
        text.Append("  graph [label=").Append(Quote(picture.Title)).Append(", labelloc=t, rankdir=TB, compound=true, bgcolor=\"").Append(PictureColours.Paper).Append("\", fontname=\"sans-serif\"];\n");
        text.Append("  node [shape=box, style=\"filled,rounded\", fontname=\"sans-serif\", fontsize=11];\n");
        text.Append("  edge [dir=none, color=\"").Append(PictureColours.Line).Append("\"];\n");
        foreach (TopologyNode node in picture.Topology.Node.Where(n => !shelved.Contains(n))) Add(text, "  ", node, across);
        foreach (LinkShelf shelf in shelves) Add(text, shelf, across);
        foreach (TopologyEdge edge in picture.Topology.Edge.Where(e => e.IsCross || !reachedByShelf.Contains(e.ToNode)))
            text.Append("  ").Append(edge.From).Append(" -> ").Append(edge.To).Append(Style(edge)).Append(";\n");
        for (int i = 0; i < picture.Reach.Count; i++)
        {
            TopologyNode? above = NodeText.Below(picture.Topology, picture.Reach[i]);
            Add(text, picture.Reach[i].ForArrows, i, (shelves.FirstOrDefault(s => s.Nodes.Contains(above))?.Bottom ?? above)?.Id);
        }

        return text.Append("}\n").ToString();
    }

    private static void Add(StringBuilder text, string indent, TopologyNode node, ILookup<TopologyNode, TopologyEdge> across)
    {
        (string fill, string frame) = PictureColours.Of(node.Role);
        string style = NodeText.Obstacle(node) is null ? string.Empty : ", style=\"filled,rounded,dashed\"";
        string label = string.Join('\n', NodeText.Lines(node, across).Prepend(NodeText.Title(node)));
        text.Append(indent).Append(node.Id).Append(" [label=").Append(Quote(label)).Append(", fillcolor=\"").Append(fill).Append("\", color=\"").Append(frame).Append('"').Append(style).Append("];\n");
    }

    /// <summary>A box with rows: the first is kept in its order, and each other link is below one of the row above.</summary>
    private static void Add(StringBuilder text, LinkShelf shelf, ILookup<TopologyNode, TopologyEdge> across)
    {
        TopologyNode[] first = [.. shelf.FirstRow];
        Begin(text, shelf.Id, shelf.Label);
        foreach (TopologyNode node in shelf.Nodes) Add(text, "    ", node, across);
        text.Append("    { rank=same; ").AppendJoin(" -> ", first.Select(n => n.Id)).Append(" [style=invis]; }\n");
        foreach ((TopologyNode upper, TopologyNode below) in shelf.Columns) text.Append("    ").Append(upper.Id).Append(" -> ").Append(below.Id).Append(" [style=invis];\n");
        text.Append("  }\n  ").Append(shelf.Parent.Id).Append(" -> ").Append(first[(first.Length - 1) / 2].Id).Append(" [lhead=cluster_").Append(shelf.Id).Append("];\n");
    }

    private static void Begin(StringBuilder text, string id, string label) =>
        text.Append("  subgraph cluster_").Append(id).Append(" {\n    graph [label=").Append(Quote(label)).Append(", fontsize=11, style=rounded, color=\"").Append(PictureColours.Frame).Append("\"];\n");

    private static string Style(TopologyEdge edge) => edge switch
    {
        { IsCross: true } => " [style=dashed, constraint=false]",
        { Relation: TopologyRelation.Peer } => " [style=dashed]",
        _ => string.Empty,
    };

    private static void Add(StringBuilder text, ReachSummary summary, int number, string? above)
    {
        Begin(text, $"reach{number}", summary.Title);
        for (int i = 0; i < summary.Entries.Count; i++)
        {
            ReachEntry entry = summary.Entries[i];
            (string fill, string frame) = PictureColours.Of(entry.Role);
            text.Append("    r").Append(number).Append('_').Append(i).Append(" [label=").Append(Quote(entry.Detail is null ? entry.Label : $"{entry.Label}\n{entry.Detail}")).Append(", fillcolor=\"").Append(fill).Append("\", color=\"").Append(frame).Append("\"];\n");
        }

        foreach (ReachArrow arrow in ReachArrow.Of(summary))
        {
            text.Append("    r").Append(number).Append('_').Append(arrow.From).Append(" -> r").Append(number).Append('_').Append(arrow.To).Append(" [dir=").Append(arrow.IsBoth ? "both" : "forward").Append(", color=\"")
                .Append(PictureColours.Of(arrow.Cell)).Append(arrow.Cell == ReachCell.Delivered ? "\"];\n" : "\", style=dashed];\n");
        }

        text.Append("  }\n");
        if (above is not null) text.Append("  ").Append(above).Append(" -> r").Append(number).Append("_0 [style=invis];\n");
    }

    /// <summary>A quoted string. A backslash has a meaning in labels (\\N is the node's name), so it is doubled; a line break is written as one.</summary>
    private static string Quote(string text) => $"\"{string.Join("\\n", text.Split('\n').Select(Escape))}\"";

    private static string Escape(string line) => TextCells.Visible(line).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
