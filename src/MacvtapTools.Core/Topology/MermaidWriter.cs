using System.Globalization;
using System.Text;

namespace MacvtapTools.Topology;

/// <summary>Writes a topology as a flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html).</summary>
internal static class MermaidWriter
{
    /// <summary>The flowchart.</summary>
    internal static string Write(TopologyPicture picture)
    {
        ILookup<TopologyNode, TopologyEdge> across = NodeText.AcrossOf(picture.Topology);
        var text = new StringBuilder("---\ntitle: \"").Append(TextCells.Visible(picture.Title).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"\n---\nflowchart TD\n");
        foreach (TopologyNode node in picture.Topology.Node)
        {
            string label = Quote(NodeText.Lines(node, across).Prepend(NodeText.Title(node)));
            text.Append("  ").Append(node.Id).Append(node.Role == TopologyRole.Holder ? $"([{label}])" : $"[{label}]").Append(":::").Append(ClassOf(node.Role)).Append('\n');
        }

        List<(string Colour, int Link)> coloured = [];
        int links = 0;
        foreach (TopologyEdge edge in picture.Topology.Edge)
        {
            bool isDotted = edge.IsCross || edge.Relation == TopologyRelation.Peer;
            text.Append("  ").Append(edge.From).Append(isDotted ? " -.- " : " --- ").Append(edge.To).Append('\n');
            links++;
        }

        foreach ((TopologyNode upper, TopologyNode below) in LongRows.Of(picture.Topology))
        {
            text.Append("  ").Append(upper.Id).Append(" ~~~ ").Append(below.Id).Append('\n');
            links++;
        }

        for (int i = 0; i < picture.Reach.Count; i++) links = Add(text, picture.Reach[i].ForArrows, i, links, coloured);
        foreach (TopologyRole role in picture.Topology.Node.Select(n => n.Role).Distinct().Order())
        {
            (string fill, string frame) = PictureColours.Of(role);
            text.Append("  classDef ").Append(ClassOf(role)).Append(" fill:").Append(fill).Append(",stroke:").Append(frame).Append(",color:").Append(PictureColours.Text).Append('\n');
        }

        foreach (IGrouping<string, (string Colour, int Link)> group in coloured.GroupBy(c => c.Colour))
            text.Append("  linkStyle ").AppendJoin(',', group.Select(g => g.Link.ToString(CultureInfo.InvariantCulture))).Append(" stroke:").Append(group.Key).Append('\n');
        return text.ToString();
    }

    private static int Add(StringBuilder text, ReachSummary summary, int number, int links, List<(string, int)> coloured)
    {
        text.Append("  subgraph reach").Append(number).Append(" [").Append(Quote([summary.Title])).Append("]\n");
        int count = summary.Entries.Count;
        for (int i = 0; i < count; i++)
        {
            ReachEntry entry = summary.Entries[i];
            text.Append("    r").Append(number).Append('_').Append(i).Append('[').Append(Quote(entry.Detail is null ? [entry.Label] : [entry.Label, entry.Detail])).Append("]\n");
        }

        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                if (summary[from, to] is var cell && cell == ReachCell.None) continue;
                text.Append("    r").Append(number).Append('_').Append(from).Append(cell == ReachCell.Delivered ? " --> r" : " -.-> r").Append(number).Append('_').Append(to).Append('\n');
                coloured.Add((PictureColours.Of(cell), links++));
            }
        }

        text.Append("  end\n");
        return links;
    }

    private static string ClassOf(TopologyRole role) => $"role{role}";

    /// <summary>A quoted label: entities of HTML stand for what has a meaning in it, written as Mermaid wants them, with # and the number.</summary>
    private static string Quote(IEnumerable<string> lines)
    {
        var text = new StringBuilder("\"");
        text.AppendJoin("<br/>", lines.Select(Escape));
        return text.Append('"').ToString();
    }

    private static string Escape(string line)
    {
        var text = new StringBuilder();
        foreach (char c in TextCells.Visible(line))
        {
            if (c is '"' or '#' or ';' or '<' or '>' or '&' or '`' or '\\') text.Append('#').Append((int)c).Append(';');
            else text.Append(c);
        }

        return text.ToString();
    }
}
