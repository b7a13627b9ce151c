using System.Xml.Linq;

namespace MacvtapTools.Topology;

/// <summary>Says what colours and lines mean; only what occurs in the picture. Breaks its rows as the picture is wide.</summary>
internal sealed class SvgLegend
{
    private const double Size = 11;
    private const double RowHeight = 20;

    private readonly List<(string Text, Func<double, double, XElement[]> Sample)> _items = [];

    internal SvgLegend(TopologyPicture picture)
    {
        IReadOnlyList<TopologyNode> nodes = picture.Topology.Node;
        foreach (TopologyRole role in nodes.Select(n => n.Role).Distinct().Order())
        {
            (string fill, string frame) = PictureColours.Of(role);
            _items.Add((PictureColours.NameOf(role), (x, y) => [SvgShapes.Rectangle(x, y - 9, 18, 11, role == TopologyRole.Holder ? 5.5 : 3, fill, frame)]));
        }

        if (nodes.Any(n => NodeText.Obstacle(n) is not null)) _items.Add(("no frames pass", (x, y) => [SvgShapes.Rectangle(x, y - 9, 18, 11, 3, "#ffffff", PictureColours.Line, 1.2, true)]));
        if (picture.Topology.Edge.Any(e => e.Relation == TopologyRelation.Peer)) _items.Add(("veth pair", (x, y) => [SvgShapes.Path([(x, y - 4), (x + 18, y - 4)], PictureColours.Line, 1.4, true)]));
        if (picture.Topology.NetworkNamespace.Count > 1)
        {
            for (int i = 0; i < picture.Topology.NetworkNamespace.Count; i++)
            {
                int place = i;
                if (!nodes.Any(n => n.Key.Place == place)) continue;
                _items.Add((picture.Topology.NetworkNamespace[i] is { } name ? $"in {TextCells.Visible(name)}" : "current namespace", (x, y) => [SvgShapes.Rectangle(x + 12, y - 9, 5, 11, 1, PictureColours.OfPlace(place), null)]));
            }
        }

        if (picture.Reach.Count == 0) return;
        AddArrow("reaches", ReachCell.Delivered);
        AddArrow("does not reach", ReachCell.NotDelivered);
        AddArrow("depends", ReachCell.Depends);
    }

    internal double HeightFor(double width) => (Places(0, 0, width).Select(p => p.Y).DefaultIfEmpty(0).Max() + RowHeight);

    internal XElement Draw(double x, double y, double width)
    {
        var group = new XElement(SvgShapes.Svg + "g", new XAttribute("class", "legend"));
        foreach ((int item, double left, double top) in Places(x, y, width))
        {
            group.Add(_items[item].Sample(left, top));
            group.Add(SvgShapes.Text(left + 24, top, Size, _items[item].Text, PictureColours.Faint));
        }

        return group;
    }

    private void AddArrow(string text, ReachCell cell) => _items.Add((text, (x, y) =>
    [
        SvgShapes.Path([(x, y - 4), (x + 17, y - 4)], PictureColours.Of(cell), 1.6, cell != ReachCell.Delivered),
        SvgShapes.ArrowHead((x, y - 4), (x + 18, y - 4), PictureColours.Of(cell)),
    ]));

    private IEnumerable<(int Item, double X, double Y)> Places(double x, double y, double width)
    {
        double left = x;
        for (int i = 0; i < _items.Count; i++)
        {
            double needed = 24 + SvgShapes.WidthOf(_items[i].Text, Size) + 20;
            if (left > x && left + needed > x + width)
            {
                left = x;
                y += RowHeight;
            }

            yield return (i, left, y);
            left += needed;
        }
    }
}
