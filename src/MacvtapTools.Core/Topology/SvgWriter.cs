using System.Xml;
using System.Xml.Linq;

namespace MacvtapTools.Topology;

/// <summary>Writes a topology as SVG 1.1. It needs nothing besides: no style sheet, no script, no picture; each colour is named, so that it looks the same on a dark page.</summary>
internal static class SvgWriter
{
    private const double Margin = 24;
    private const double TitleHeight = 40;
    private const double Narrowest = 520;

    /// <summary>The document.</summary>
    internal static string Write(TopologyPicture picture)
    {
        TopologyLayout layout = TopologyLayout.Of(picture.Topology);
        SvgReach[] panels = [.. picture.Reach.Select(r => new SvgReach(r))];
        var legend = new SvgLegend(picture);
        string title = TextCells.Visible(picture.Title);
        double inner = Math.Max(Math.Max(Narrowest, layout.Width), panels.Select(p => p.Width).Append(SvgShapes.WidthOf(title, 16)).Max());
        var drawing = new List<XElement>();
        double y = Margin + TitleHeight;
        Draw(drawing, layout, picture.Topology.NetworkNamespace.Count > 1, Margin, y);
        y += layout.Height + Margin;
        foreach (IReadOnlyList<SvgReach> row in Rows(panels, inner))
        {
            double x = Margin;
            foreach (SvgReach panel in row)
            {
                drawing.Add(panel.Draw(x, y));
                x += panel.Width + 16;
            }

            y += row.Max(p => p.Height) + 16;
        }

        drawing.Add(legend.Draw(Margin, y + 14, inner));
        double height = y + legend.HeightFor(inner) + Margin;
        double width = inner + (2 * Margin);
        var root = new XElement(
            SvgShapes.Svg + "svg",
            new XAttribute("version", "1.1"),
            new XAttribute("width", SvgShapes.Number(width)),
            new XAttribute("height", SvgShapes.Number(height)),
            new XAttribute("viewBox", $"0 0 {SvgShapes.Number(width)} {SvgShapes.Number(height)}"),
            new XAttribute("font-family", SvgShapes.FontFamily),
            new XElement(SvgShapes.Svg + "title", title),
            SvgShapes.Rectangle(0.5, 0.5, width - 1, height - 1, 10, PictureColours.Paper, PictureColours.Frame, 1),
            SvgShapes.Text(Margin, Margin + 16, 16, title, PictureColours.Text, true),
            drawing);
        return Text(root);
    }

    private static void Draw(List<XElement> drawing, TopologyLayout layout, bool showsPlaces, double x, double y)
    {
        // What is drawn later is on top: lines across lie below the boxes.
        foreach (LayoutLine line in layout.Lines.OrderBy(l => l.Edge.IsCross ? 0 : 1))
            drawing.Add(SvgShapes.Path([.. line.Points.Select(p => (p.X + x, p.Y + y))], line.Edge.IsCross ? "#94a3b8" : PictureColours.Line, 1.4, line.Edge.Relation == TopologyRelation.Peer || line.Edge.IsCross));
        foreach (LayoutBox box in layout.Boxes) drawing.Add(Draw(box, showsPlaces, x, y));
    }

    private static XElement Draw(LayoutBox box, bool showsPlaces, double x, double y)
    {
        TopologyNode node = box.Node;
        (string fill, string frame) = PictureColours.Of(node.Role);
        bool isBlocked = NodeText.Obstacle(node) is not null;
        (double left, double top) = (box.X + x, box.Y + y);
        var group = new XElement(SvgShapes.Svg + "g", new XAttribute("id", node.Id));
        group.Add(SvgShapes.Rectangle(left, top, box.Width, box.Height, node.Role == TopologyRole.Holder ? 14 : 6, isBlocked ? "#ffffff" : fill, frame, 1.3, isBlocked || node.Role == TopologyRole.Elsewhere));
        if (showsPlaces && node.Key.Place >= 0 && node.Role != TopologyRole.Holder) group.Add(SvgShapes.Rectangle(left + box.Width - 7, top + 5, 4, box.Height - 10, 1, PictureColours.OfPlace(node.Key.Place), null));
        double baseline = top + 17;
        group.Add(SvgShapes.Text(left + TopologyLayout.Padding, baseline, TopologyLayout.TitleSize, box.Lines[0], PictureColours.Text, true));
        foreach (string line in box.Lines.Skip(1))
        {
            baseline += 14;
            string colour = line.StartsWith("hairpin on", StringComparison.Ordinal) && node.IsHairpinEffective == true ? PictureColours.Good : line == NodeText.Obstacle(node) ? PictureColours.Bad : PictureColours.Faint;
            group.Add(SvgShapes.Text(left + TopologyLayout.Padding, baseline, TopologyLayout.DetailSize, line, colour));
        }

        return group;
    }

    private static IEnumerable<IReadOnlyList<SvgReach>> Rows(SvgReach[] panels, double width)
    {
        List<SvgReach> row = [];
        foreach (SvgReach panel in panels)
        {
            if (row.Count > 0 && row.Sum(p => p.Width + 16) + panel.Width > width)
            {
                yield return row;
                row = [];
            }

            row.Add(panel);
        }

        if (row.Count > 0) yield return row;
    }

    private static string Text(XElement root)
    {
        using var text = new Utf8Text();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" })) root.Save(writer);
        return text.ToString() + "\n";
    }

    /// <summary>Makes the declaration say UTF-8: that is what the file will be.</summary>
    private sealed class Utf8Text() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;
    }
}
