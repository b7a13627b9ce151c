using System.Globalization;
using System.Text;

namespace MacvtapTools.Topology;

/// <summary>Writes a topology as a flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html).</summary>
internal static class MermaidWriter
{
    /// <summary>Mermaid's own limits where a page does not raise them (maxEdges, maxTextSize). A flowchart cannot raise them itself.</summary>
    private const int MostLines = 500;

    private const int MostCharacters = 50_000;

    private static readonly string[] Arrows = [" --- ", " -.- ", " ~~~ ", "--> ", "-.-> "];

    /// <summary>The flowchart.</summary>
    internal static string Write(TopologyPicture picture)
    {
        ILookup<TopologyNode, TopologyEdge> across = NodeText.AcrossOf(picture.Topology);
        var text = new StringBuilder("---\ntitle: \"").Append(TextCells.Visible(picture.Title).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"\n---\nflowchart TD\n");
        IReadOnlyList<LinkShelf> shelves = LinkShelf.Of(picture.Topology);
        HashSet<TopologyNode> shelved = [.. shelves.SelectMany(s => s.Nodes)];
        HashSet<TopologyNode> reachedByShelf = [.. shelves.SelectMany(s => s.Tops)];
        foreach (TopologyNode node in picture.Topology.Node.Where(n => !shelved.Contains(n))) Add(text, "  ", node, across);
        int links = 0;
        foreach (LinkShelf shelf in shelves) links = Add(text, shelf, across, links);
        foreach (TopologyEdge edge in picture.Topology.Edge.Where(e => e.IsCross || !reachedByShelf.Contains(e.ToNode)))
        {
            bool isDotted = edge.IsCross || edge.Relation == TopologyRelation.Peer;
            text.Append("  ").Append(edge.From).Append(isDotted ? " -.- " : " --- ").Append(edge.To).Append('\n');
            links++;
        }

        List<(string Colour, int Link)> coloured = [];
        for (int i = 0; i < picture.Reach.Count; i++)
        {
            TopologyNode? above = NodeText.Below(picture.Topology, picture.Reach[i]);
            links = Add(text, picture.Reach[i].ForArrows, i, shelves.FirstOrDefault(s => s.Nodes.Contains(above))?.Id ?? above?.Id, links, coloured);
        }

        foreach (TopologyRole role in picture.Topology.Node.Select(n => n.Role).Concat(picture.Reach.SelectMany(r => r.ForArrows.Entries).Select(e => e.Role)).Distinct().Order())
        {
            (string fill, string frame) = PictureColours.Of(role);
            text.Append("  classDef ").Append(ClassOf(role)).Append(" fill:").Append(fill).Append(",stroke:").Append(frame).Append(",color:").Append(PictureColours.Text).Append('\n');
        }

        foreach (string box in shelves.Select(s => s.Id).Concat(picture.Reach.Select((_, i) => $"reach{i}")))
            text.Append("  style ").Append(box).Append(" fill:").Append(PictureColours.Paper).Append(",stroke:").Append(PictureColours.Frame).Append(",color:").Append(PictureColours.Text).Append('\n');
        foreach (IGrouping<string, (string Colour, int Link)> group in coloured.GroupBy(c => c.Colour))
            text.Append("  linkStyle ").AppendJoin(',', group.Select(g => g.Link.ToString(CultureInfo.InvariantCulture))).Append(" stroke:").Append(group.Key).Append('\n');
        return text.ToString();
    }

    /// <summary>Why Mermaid would not draw a flowchart as it is usually set up; null where it does.</summary>
    internal static string? WhyTooLarge(string flowchart)
    {
        int lines = flowchart.Split('\n').Count(l => Arrows.Any(a => l.Contains(a, StringComparison.Ordinal)));
        if (lines > MostLines) return $"{lines} lines between boxes, and Mermaid draws {MostLines} at most unless its maxEdges is raised";
        return flowchart.Length > MostCharacters ? $"{flowchart.Length} characters, and Mermaid takes {MostCharacters} at most unless its maxTextSize is raised" : null;
    }

    private static void Add(StringBuilder text, string indent, TopologyNode node, ILookup<TopologyNode, TopologyEdge> across)
    {
        string label = Quote(NodeText.Lines(node, across).Prepend(NodeText.Title(node)));
        text.Append(indent).Append(node.Id).Append(node.Role == TopologyRole.Holder ? $"([{label}])" : $"[{label}]").Append(":::").Append(ClassOf(node.Role)).Append('\n');
    }

    /// <summary>A box with rows: each link below one of the row above.</summary>
    private static int Add(StringBuilder text, LinkShelf shelf, ILookup<TopologyNode, TopologyEdge> across, int links)
    {
        text.Append("  subgraph ").Append(shelf.Id).Append(" [").Append(Quote([shelf.Label])).Append("]\n    direction TB\n");
        foreach (TopologyNode node in shelf.Nodes) Add(text, "    ", node, across);
        foreach ((TopologyNode upper, TopologyNode below) in shelf.Columns)
        {
            text.Append("    ").Append(upper.Id).Append(" ~~~ ").Append(below.Id).Append('\n');
            links++;
        }

        text.Append("  end\n  ").Append(shelf.Parent.Id).Append(" --- ").Append(shelf.Id).Append('\n');
        return links + 1;
    }

    private static int Add(StringBuilder text, ReachSummary summary, int number, string? above, int links, List<(string, int)> coloured)
    {
        text.Append("  subgraph reach").Append(number).Append(" [").Append(Quote([summary.Title])).Append("]\n");
        for (int i = 0; i < summary.Entries.Count; i++)
        {
            ReachEntry entry = summary.Entries[i];
            text.Append("    r").Append(number).Append('_').Append(i).Append('[').Append(Quote(entry.Detail is null ? [entry.Label] : [entry.Label, entry.Detail])).Append("]:::").Append(ClassOf(entry.Role)).Append('\n');
        }

        foreach (ReachArrow arrow in ReachArrow.Of(summary))
        {
            text.Append("    r").Append(number).Append('_').Append(arrow.From).Append(arrow.IsBoth ? " <" : " ").Append(arrow.Cell == ReachCell.Delivered ? "--> r" : "-.-> r").Append(number).Append('_').Append(arrow.To).Append('\n');
            coloured.Add((PictureColours.Of(arrow.Cell), links++));
        }

        text.Append("  end\n");
        if (above is null) return links;
        text.Append("  ").Append(above).Append(" ~~~ reach").Append(number).Append('\n');
        return links + 1;
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
