using System.Text;

namespace MacvtapTools.Topology;

/// <summary>Writes a topology in the language of Graphviz (https://graphviz.org/doc/info/lang.html).</summary>
internal static class DotWriter
{
    /// <summary>The graph.</summary>
    internal static string Write(TopologyPicture picture)
    {
        ILookup<TopologyNode, TopologyEdge> across = NodeText.AcrossOf(picture.Topology);
        var text = new StringBuilder("digraph topology {\n");
        text.Append("  graph [label=").Append(Quote(picture.Title)).Append(", labelloc=t, rankdir=TB, bgcolor=\"").Append(PictureColours.Paper).Append("\", fontname=\"sans-serif\"];\n");
        text.Append("  node [shape=box, style=\"filled,rounded\", fontname=\"sans-serif\", fontsize=11];\n");
        text.Append("  edge [dir=none, color=\"").Append(PictureColours.Line).Append("\"];\n");
        foreach (TopologyNode node in picture.Topology.Node)
        {
            (string fill, string frame) = PictureColours.Of(node.Role);
            string style = NodeText.Obstacle(node) is null ? string.Empty : ", style=\"filled,rounded,dashed\"";
            string label = string.Join('\n', NodeText.Lines(node, across).Prepend(NodeText.Title(node)));
            text.Append("  ").Append(node.Id).Append(" [label=").Append(Quote(label)).Append(", fillcolor=\"").Append(fill).Append("\", color=\"").Append(frame).Append('"').Append(style).Append("];\n");
        }

        foreach (TopologyEdge edge in picture.Topology.Edge)
            text.Append("  ").Append(edge.From).Append(" -> ").Append(edge.To).Append(Style(edge)).Append(";\n");
        foreach ((TopologyNode upper, TopologyNode below) in LongRows.Of(picture.Topology)) text.Append("  ").Append(upper.Id).Append(" -> ").Append(below.Id).Append(" [style=invis];\n");
        for (int i = 0; i < picture.Reach.Count; i++) Add(text, picture.Reach[i].ForArrows, i);
        return text.Append("}\n").ToString();
    }

    private static string Style(TopologyEdge edge) => edge switch
    {
        { IsCross: true } => " [style=dashed, constraint=false]",
        { Relation: TopologyRelation.Peer } => " [style=dashed]",
        _ => string.Empty,
    };

    private static void Add(StringBuilder text, ReachSummary summary, int number)
    {
        text.Append("  subgraph cluster_reach").Append(number).Append(" {\n    label=").Append(Quote(summary.Title)).Append(";\n");
        int count = summary.Entries.Count;
        for (int i = 0; i < count; i++)
        {
            ReachEntry entry = summary.Entries[i];
            text.Append("    r").Append(number).Append('_').Append(i).Append(" [label=").Append(Quote(entry.Detail is null ? entry.Label : $"{entry.Label}\n{entry.Detail}")).Append(", fillcolor=\"#ffffff\"];\n");
        }

        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                if (summary[from, to] is var cell && cell != ReachCell.None)
                    text.Append("    r").Append(number).Append('_').Append(from).Append(" -> r").Append(number).Append('_').Append(to).Append(" [dir=forward, color=\"").Append(PictureColours.Of(cell)).Append(cell == ReachCell.Delivered ? "\"];\n" : "\", style=dashed];\n");
            }
        }

        text.Append("  }\n");
    }

    /// <summary>A quoted string. A backslash has a meaning in labels (\\N is the node's name), so it is doubled; a line break is written as one.</summary>
    private static string Quote(string text) => $"\"{string.Join("\\n", text.Split('\n').Select(Escape))}\"";

    private static string Escape(string line) => TextCells.Visible(line).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
