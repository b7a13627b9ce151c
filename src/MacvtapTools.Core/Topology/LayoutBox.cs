namespace MacvtapTools.Topology;

/// <summary>Where a node is drawn, in pixels from the upper left corner.</summary>
internal sealed class LayoutBox
{
    internal LayoutBox(TopologyNode node, IReadOnlyList<string> lines, double width, double height)
    {
        Node = node;
        Lines = lines;
        Width = width;
        Height = height;
    }

    internal TopologyNode Node { get; }

    /// <summary>The title, then the details.</summary>
    internal IReadOnlyList<string> Lines { get; }

    internal double X { get; set; }

    internal double Y { get; set; }

    internal double Width { get; set; }

    internal double Height { get; }

    internal double Middle => X + (Width / 2);

    internal double Bottom => Y + Height;

    internal double Right => X + Width;

    internal bool Overlaps(LayoutBox other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}
