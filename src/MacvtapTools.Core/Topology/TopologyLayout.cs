namespace MacvtapTools.Topology;

/// <summary>
/// Places the boxes of a forest: what hangs on a node is below it, in rows that are broken at a width. The lines to rows below the first run down a lane to the
/// left of them, so that no line of a tree crosses a box. The same topology always gives the same picture.
/// </summary>
internal sealed class TopologyLayout
{
    /// <summary>Where rows are broken, in pixels. One box, or lanes in lanes, can be wider.</summary>
    internal const double RowWidth = 1240;

    internal const double TitleSize = 13;
    internal const double DetailSize = 11;
    internal const double Padding = 9;

    /// <summary>How much of its size a character of a fixed-width font takes: at most 0.61 in the common ones.</summary>
    internal const double Advance = 0.61;

    /// <summary>Room for the mark of the namespace at the right.</summary>
    private const double Strip = 5;

    private const double ColumnGap = 16;
    private const double RowGap = 36;
    private const double TreeGap = 30;
    private const double Lane = 18;
    private const double TitleHeight = 18;
    private const double DetailHeight = 14;

    private readonly Dictionary<TopologyNode, LayoutBox> _boxes = [];
    private readonly Dictionary<TopologyNode, IReadOnlyList<IReadOnlyList<TopologyNode>>> _rows = [];
    private readonly Dictionary<TopologyNode, double> _lanes = [];
    private readonly List<LayoutLine> _lines = [];

    private TopologyLayout()
    {
    }

    /// <summary>The boxes, in the order of the nodes.</summary>
    internal IReadOnlyList<LayoutBox> Boxes { get; private set; } = [];

    /// <summary>The lines: those of the trees, then those across.</summary>
    internal IReadOnlyList<LayoutLine> Lines => _lines;

    internal double Width { get; private set; }

    internal double Height { get; private set; }

    /// <summary>Places a topology.</summary>
    internal static TopologyLayout Of(LinkTopology topology)
    {
        var layout = new TopologyLayout();
        ILookup<TopologyNode, TopologyEdge> across = NodeText.AcrossOf(topology);
        foreach (TopologyNode node in topology.Node) layout._boxes[node] = Measure(node, across);
        foreach (IEnumerable<TopologyNode> leaves in topology.Node.GroupBy(n => n.ParentNode).Select(g => g.Where(n => n.Children.Count == 0)))
            layout.MakeEqual([.. leaves]);
        TopologyNode[] roots = [.. topology.Roots];
        Block[] trees = [.. roots.Select(layout.Arrange)];
        PlaceRows(trees, 0, 0, RowWidth, TreeGap, TreeGap);
        layout.Boxes = [.. topology.Node.Select(n => layout._boxes[n])];
        layout.Width = layout._boxes.Values.Select(b => b.Right).DefaultIfEmpty(0).Max();
        layout.Height = layout._boxes.Values.Select(b => b.Bottom).DefaultIfEmpty(0).Max();
        foreach (TopologyEdge edge in topology.Edge) layout._lines.Add(new LayoutLine(edge, edge.IsCross ? layout.Straight(edge) : layout.Route(edge)));
        return layout;
    }

    private static LayoutBox Measure(TopologyNode node, ILookup<TopologyNode, TopologyEdge> across)
    {
        string title = TextCells.Visible(NodeText.Title(node));
        string[] details = [.. NodeText.Lines(node, across).Select(TextCells.Visible)];
        double text = Math.Max(TextCells.Count(title) * TitleSize, details.Max(d => TextCells.Count(d)) * DetailSize) * Advance;
        return new LayoutBox(node, [title, .. details], Math.Ceiling(text + (2 * Padding) + Strip), TitleHeight + (DetailHeight * details.Length) + Padding);
    }

    /// <summary>Boxes that hang on the same node and carry nothing stand in columns.</summary>
    private void MakeEqual(TopologyNode[] leaves)
    {
        if (leaves.Length < 2) return;
        double widest = leaves.Max(l => _boxes[l].Width);
        foreach (TopologyNode leaf in leaves) _boxes[leaf].Width = widest;
    }

    /// <summary>Arranges a tree with its own upper left corner at 0, 0.</summary>
    private Block Arrange(TopologyNode node)
    {
        LayoutBox box = _boxes[node];
        if (node.Children.Count == 0) return new Block([box], box.Width, box.Height, node);
        Block[] children = [.. node.Children.Select(Arrange)];
        double below = box.Height + RowGap;
        List<IReadOnlyList<Block>> rows = PlaceRows(children, 0, below, RowWidth, ColumnGap, RowGap);
        if (rows.Count > 1)
        {
            foreach (Block child in children) child.Move(Lane, 0);
        }

        _rows[node] = [.. rows.Select(r => (IReadOnlyList<TopologyNode>)[.. r.Select(b => b.Root)])];
        double middle = (_boxes[rows[0][0].Root].Middle + _boxes[rows[0][^1].Root].Middle) / 2;
        box.X = Math.Max(0, middle - (box.Width / 2));
        LayoutBox[] all = [box, .. children.SelectMany(c => c.Boxes)];
        if (middle - (box.Width / 2) is < 0 and var outside)
        {
            foreach (Block child in children) child.Move(-outside, 0);
        }

        return new Block(all, all.Max(b => b.Right), all.Max(b => b.Bottom), node);
    }

    private static List<IReadOnlyList<Block>> PlaceRows(Block[] blocks, double x, double y, double width, double columnGap, double rowGap)
    {
        List<IReadOnlyList<Block>> rows = [];
        int most = Balanced(blocks, width, columnGap);
        for (int first = 0; first < blocks.Length;)
        {
            List<Block> row = [];
            double right = x;
            while (first < blocks.Length && row.Count < most && (row.Count == 0 || right + blocks[first].Width <= x + width))
            {
                blocks[first].Move(right, y);
                right += blocks[first].Width + columnGap;
                row.Add(blocks[first++]);
            }

            y += row.Max(b => b.Height) + rowGap;
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>How many blocks of one width go into a row, so that the last row is about as long as the others.</summary>
    private static int Balanced(Block[] blocks, double width, double gap)
    {
        if (blocks.Length == 0 || blocks.Max(b => b.Width) - blocks.Min(b => b.Width) > 1) return int.MaxValue;
        int fit = Math.Max(1, (int)((width + gap) / (blocks[0].Width + gap)));
        int rows = (blocks.Length + fit - 1) / fit;
        return (blocks.Length + rows - 1) / rows;
    }

    private IReadOnlyList<(double X, double Y)> Route(TopologyEdge edge)
    {
        LayoutBox from = _boxes[edge.FromNode];
        LayoutBox to = _boxes[edge.ToNode];
        IReadOnlyList<IReadOnlyList<TopologyNode>> rows = _rows[edge.FromNode];
        double top = from.Bottom + (RowGap / 2);
        if (rows[0].Contains(edge.ToNode)) return [(from.Middle, from.Bottom), (from.Middle, top), (to.Middle, top), (to.Middle, to.Y)];
        double lane = LaneOf(edge.FromNode);
        double bus = to.Y - (RowGap / 2);
        return [(from.Middle, from.Bottom), (from.Middle, top), (lane, top), (lane, bus), (to.Middle, bus), (to.Middle, to.Y)];
    }

    /// <summary>Where the lines of a node with several rows run down: left of everything in them, the lanes of other nodes too.</summary>
    private double LaneOf(TopologyNode node)
    {
        if (!_lanes.TryGetValue(node, out double lane)) _lanes[node] = lane = node.Children.Min(Leftmost) - (Lane * 0.6);
        return lane;
    }

    private double Leftmost(TopologyNode node) => node.Tree().Min(n => _rows.TryGetValue(n, out IReadOnlyList<IReadOnlyList<TopologyNode>>? rows) && rows.Count > 1 ? Math.Min(_boxes[n].X, LaneOf(n)) : _boxes[n].X);

    private (double X, double Y)[] Straight(TopologyEdge edge)
    {
        LayoutBox from = _boxes[edge.FromNode];
        LayoutBox to = _boxes[edge.ToNode];
        return [(from.Middle, from.Y + (from.Height / 2)), (to.Middle, to.Y + (to.Height / 2))];
    }

    /// <summary>A tree that has been arranged, and moves as a whole.</summary>
    private sealed record Block(IReadOnlyList<LayoutBox> Boxes, double Width, double Height, TopologyNode Root)
    {
        internal void Move(double x, double y)
        {
            foreach (LayoutBox box in Boxes)
            {
                box.X += x;
                box.Y += y;
            }
        }
    }
}
