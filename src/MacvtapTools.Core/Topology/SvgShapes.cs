using System.Globalization;
using System.Xml.Linq;

namespace MacvtapTools.Topology;

/// <summary>Elements of SVG.</summary>
internal static class SvgShapes
{
    internal static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string Fonts = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";

    internal static string FontFamily => Fonts;

    internal static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    internal static XElement Rectangle(double x, double y, double width, double height, double radius, string fill, string? frame, double thickness = 1.2, bool isDashed = false) =>
        new(
            Svg + "rect",
            new XAttribute("x", Number(x)),
            new XAttribute("y", Number(y)),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("rx", Number(radius)),
            new XAttribute("fill", fill),
            frame is null ? null : new object[] { new XAttribute("stroke", frame), new XAttribute("stroke-width", Number(thickness)) },
            isDashed ? new XAttribute("stroke-dasharray", "4 3") : null);

    internal static XElement Text(double x, double y, double size, string text, string colour = PictureColours.Text, bool isBold = false, string? anchor = null) =>
        new(
            Svg + "text",
            new XAttribute("x", Number(x)),
            new XAttribute("y", Number(y)),
            new XAttribute("font-size", Number(size)),
            new XAttribute("fill", colour),
            isBold ? new XAttribute("font-weight", "bold") : null,
            anchor is null ? null : new XAttribute("text-anchor", anchor),
            text);

    internal static XElement Path(IReadOnlyList<(double X, double Y)> points, string colour, double thickness, bool isDashed) =>
        new(
            Svg + "path",
            new XAttribute("d", string.Join(' ', points.Select((p, i) => $"{(i == 0 ? 'M' : 'L')}{Number(p.X)} {Number(p.Y)}"))),
            new XAttribute("fill", "none"),
            new XAttribute("stroke", colour),
            new XAttribute("stroke-width", Number(thickness)),
            isDashed ? new XAttribute("stroke-dasharray", "6 4") : null);

    /// <summary>The head of an arrow that ends at a point.</summary>
    internal static XElement ArrowHead((double X, double Y) from, (double X, double Y) tip, string colour)
    {
        const double Length = 9;
        const double Half = 4;
        double distance = Math.Max(1, Math.Sqrt(Math.Pow(tip.X - from.X, 2) + Math.Pow(tip.Y - from.Y, 2)));
        (double x, double y) = ((tip.X - from.X) / distance, (tip.Y - from.Y) / distance);
        (double bx, double by) = (tip.X - (x * Length), tip.Y - (y * Length));
        return new XElement(
            Svg + "path",
            new XAttribute("d", $"M{Number(tip.X)} {Number(tip.Y)} L{Number(bx - (y * Half))} {Number(by + (x * Half))} L{Number(bx + (y * Half))} {Number(by - (x * Half))} Z"),
            new XAttribute("fill", colour));
    }

    internal static double WidthOf(string text, double size) => TextCells.Count(text) * size * TopologyLayout.Advance;
}
