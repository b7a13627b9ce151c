using System.Globalization;
using System.Xml.Linq;

namespace MacvtapTools.Topology;

/// <summary>Draws who reaches whom on one lower device: arrows on a ring for few entries, coloured cells for many.</summary>
internal sealed class SvgReach
{
    private const int MostOnRing = 9;
    private const double Size = 11;
    private const double BoxHeight = 48;
    private const double Cell = 13;
    private const double Head = 44;
    private const double NumberWidth = 22;

    private readonly ReachSummary _summary;
    private readonly string[][] _labels;
    private readonly double _boxWidth;
    private readonly bool _isRing;

    internal SvgReach(ReachSummary summary)
    {
        _summary = summary;
        int count = summary.Entries.Count;
        _isRing = count <= MostOnRing;
        _labels = [.. summary.Entries.Select((e, i) => Label(e, summary[i, i]))];
        _boxWidth = _labels.SelectMany(l => l).Max(t => SvgShapes.WidthOf(t, Size)) + 16;
        double title = SvgShapes.WidthOf(TextCells.Visible(summary.Title), TopologyLayout.TitleSize) + 32;
        if (_isRing)
        {
            RadiusX = Math.Max(_boxWidth * 1.05, count * _boxWidth * 0.26);
            RadiusY = Math.Max(95, count * 26);
            Width = Math.Max(title, (2 * RadiusX) + _boxWidth + 32);
            Height = Head + (2 * RadiusY) + BoxHeight + 16;
        }
        else
        {
            Width = Math.Max(title, MatrixLabel + (count * Cell) + 32);
            Height = Head + 22 + (count * Cell) + 16;
        }
    }

    internal double Width { get; }

    internal double Height { get; }

    private double RadiusX { get; }

    private double RadiusY { get; }

    private double MatrixLabel => _summary.Entries.Max(e => SvgShapes.WidthOf(MatrixText(e), Size)) + NumberWidth + 18;

    internal XElement Draw(double x, double y)
    {
        var group = new XElement(SvgShapes.Svg + "g", new XAttribute("class", "reach"));
        group.Add(SvgShapes.Rectangle(x, y, Width, Height, 8, "#ffffff", PictureColours.Frame));
        group.Add(SvgShapes.Text(x + 16, y + 24, TopologyLayout.TitleSize, TextCells.Visible(_summary.Title), PictureColours.Text, true));
        if (_isRing) DrawRing(group, x, y);
        else DrawMatrix(group, x, y);
        return group;
    }

    private static string[] Label(ReachEntry entry, ReachCell among)
    {
        string?[] lines = [TextCells.Visible(entry.Label), entry.Detail, entry.Members.Count > 1 ? $"each other: {Word(among)}" : null];
        return [.. lines.OfType<string>()];
    }

    private static string Word(ReachCell cell) => cell switch
    {
        ReachCell.Delivered => "yes",
        ReachCell.NotDelivered => "no",
        ReachCell.Depends => "depends",
        ReachCell.Some => "some",
        _ => string.Empty,
    };

    private void DrawRing(XElement group, double x, double y)
    {
        int count = _summary.Entries.Count;
        (double X, double Y) centre = (x + (Width / 2), y + Head + RadiusY + (BoxHeight / 2));
        (double X, double Y)[] at = [.. Enumerable.Range(0, count).Select(i => (2 * Math.PI * i / count) - (Math.PI / 2)).Select(a => (centre.X + (RadiusX * Math.Cos(a)), centre.Y + (RadiusY * Math.Sin(a))))];
        for (int from = 0; from < count; from++)
        {
            for (int to = from + 1; to < count; to++)
            {
                ReachCell there = _summary[from, to];
                ReachCell back = _summary[to, from];
                if (there == back) Arrow(group, at[from], at[to], there, 0, true);
                else
                {
                    Arrow(group, at[from], at[to], there, 4, false);
                    Arrow(group, at[to], at[from], back, 4, false);
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            (double left, double top) = (at[i].X - (_boxWidth / 2), at[i].Y - (BoxHeight / 2));
            (string fill, string frame) = PictureColours.Of(_summary.Entries[i].Role);
            group.Add(SvgShapes.Rectangle(left, top, _boxWidth, BoxHeight, 6, fill, frame));
            string[] lines = _labels[i];
            for (int line = 0; line < lines.Length; line++)
            {
                string colour = line == 2 ? PictureColours.Of(_summary[i, i]) : PictureColours.Text;
                group.Add(SvgShapes.Text(at[i].X, at[i].Y + 4 + ((line - ((lines.Length - 1) / 2.0)) * 14), Size, lines[line], colour, line == 0, "middle"));
            }
        }
    }

    private void Arrow(XElement group, (double X, double Y) from, (double X, double Y) to, ReachCell cell, double aside, bool isBoth)
    {
        double distance = Math.Max(1, Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2)));
        (double dx, double dy) = ((to.X - from.X) / distance, (to.Y - from.Y) / distance);
        (double X, double Y) start = Leave((from.X - (dy * aside), from.Y + (dx * aside)), dx, dy);
        (double X, double Y) end = Leave((to.X - (dy * aside), to.Y + (dx * aside)), -dx, -dy);
        string colour = PictureColours.Of(cell);
        group.Add(SvgShapes.Path([start, end], colour, 1.6, cell != ReachCell.Delivered));
        group.Add(SvgShapes.ArrowHead(start, end, colour));
        if (isBoth) group.Add(SvgShapes.ArrowHead(end, start, colour));
    }

    /// <summary>Where a line from the middle of a box leaves it.</summary>
    private (double X, double Y) Leave((double X, double Y) middle, double dx, double dy)
    {
        double across = Math.Abs(dx) < 0.0001 ? double.MaxValue : ((_boxWidth / 2) + 3) / Math.Abs(dx);
        double down = Math.Abs(dy) < 0.0001 ? double.MaxValue : ((BoxHeight / 2) + 3) / Math.Abs(dy);
        double way = Math.Min(across, down);
        return (middle.X + (dx * way), middle.Y + (dy * way));
    }

    private void DrawMatrix(XElement group, double x, double y)
    {
        int count = _summary.Entries.Count;
        double left = x + 16 + MatrixLabel;
        double top = y + Head + 22;
        group.Add(SvgShapes.Text(x + 16, y + Head, Size, "Rows send, columns receive.", PictureColours.Faint));
        for (int row = 0; row < count; row++)
        {
            string number = (row + 1).ToString(CultureInfo.InvariantCulture);
            group.Add(SvgShapes.Text(x + 16 + NumberWidth, top + (row * Cell) + 10, Size, number, PictureColours.Faint, false, "end"));
            group.Add(SvgShapes.Text(x + 24 + NumberWidth, top + (row * Cell) + 10, Size, MatrixText(_summary.Entries[row])));
            if (row == 0 || (row + 1) % 5 == 0) group.Add(SvgShapes.Text(left + (row * Cell) + (Cell / 2), top - 4, 9, number, PictureColours.Faint, false, "middle"));
            for (int column = 0; column < count; column++)
            {
                if (_summary[row, column] is var cell && cell != ReachCell.None)
                    group.Add(SvgShapes.Rectangle(left + (column * Cell) + 0.5, top + (row * Cell) + 0.5, Cell - 1, Cell - 1, 1, PictureColours.Of(cell), null));
            }
        }
    }

    private static string MatrixText(ReachEntry entry) => TextCells.Visible($"{entry.Label} {entry.Detail}").TrimEnd();
}
