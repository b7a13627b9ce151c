using MacvtapTools.Topology;
using Xunit;

namespace MacvtapTools.Tests.Topology;

public sealed class TopologyLayoutTests
{
    public static TheoryData<int, int> Some => new() { { 1, 1 }, { 2, 7 }, { 3, 24 }, { 4, 60 }, { 5, 100 }, { 6, 100 }, { 7, 300 }, { 8, 300 } };

    [Theory]
    [MemberData(nameof(Some))]
    public void No_two_boxes_overlap_and_all_are_on_the_canvas(int seed, int count)
    {
        TopologyLayout layout = TopologyLayout.Of(Forests.Random(seed, count));
        Assert.Equal(count + (count / 5), layout.Boxes.Count);
        for (int i = 0; i < layout.Boxes.Count; i++)
        {
            LayoutBox box = layout.Boxes[i];
            Assert.True(box.X >= 0 && box.Y >= 0 && box.Right <= layout.Width && box.Bottom <= layout.Height, $"{box.Node.Id} is outside");
            for (int k = i + 1; k < layout.Boxes.Count; k++) Assert.False(box.Overlaps(layout.Boxes[k]), $"{box.Node.Id} overlaps {layout.Boxes[k].Node.Id}");
        }
    }

    [Theory]
    [MemberData(nameof(Some))]
    public void No_line_of_a_tree_crosses_a_box_and_each_ends_at_its_boxes(int seed, int count)
    {
        TopologyLayout layout = TopologyLayout.Of(Forests.Random(seed, count));
        foreach (LayoutLine line in layout.Lines.Where(l => !l.Edge.IsCross))
        {
            Assert.All(line.Points, p => Assert.True(p is { X: >= 0, Y: >= 0 } && p.X <= layout.Width && p.Y <= layout.Height));
            for (int i = 1; i < line.Points.Count; i++)
            {
                ((double x1, double y1), (double x2, double y2)) = (line.Points[i - 1], line.Points[i]);
                Assert.True(x1 == x2 || y1 == y2, "lines are level or upright");
                Assert.DoesNotContain(layout.Boxes, b => Math.Max(x1, x2) > b.X && Math.Min(x1, x2) < b.Right && Math.Max(y1, y2) > b.Y && Math.Min(y1, y2) < b.Bottom);
            }
        }
    }

    [Fact]
    public void Lanes_of_different_nodes_do_not_lie_on_each_other()
    {
        TopologyLayout layout = TopologyLayout.Of(Forests.Random(7, 300));
        var lanes = layout.Lines.Where(l => l.Points.Count == 6).GroupBy(l => l.Edge.From).Select(g => (X: g.First().Points[2].X, Top: g.First().Points[2].Y, Bottom: g.Max(l => l.Points[3].Y))).ToList();
        Assert.True(lanes.Count > 1);
        for (int i = 0; i < lanes.Count; i++)
        {
            for (int k = i + 1; k < lanes.Count; k++) Assert.False(lanes[i].X == lanes[k].X && lanes[i].Top < lanes[k].Bottom && lanes[k].Top < lanes[i].Bottom);
        }
    }

    [Fact]
    public void Long_rows_are_broken_and_stay_in_order()
    {
        TopologyLayout layout = TopologyLayout.Of(Forests.Lab(100));
        LayoutBox[] links = [.. layout.Boxes.Where(b => b.Node.Role == TopologyRole.Macvtap)];
        Assert.InRange(layout.Width, TopologyLayout.RowWidth / 2, TopologyLayout.RowWidth + 100);
        Assert.Equal(links.OrderBy(b => b.Y).ThenBy(b => b.X).Select(b => b.Node.InterfaceIndex), links.Select(b => b.Node.InterfaceIndex));
    }

    [Fact]
    public void The_same_topology_is_placed_the_same() => Assert.Equal(
        TopologyLayout.Of(Forests.Random(9, 80)).Boxes.Select(b => (b.Node.Id, b.X, b.Y)),
        TopologyLayout.Of(Forests.Random(9, 80)).Boxes.Select(b => (b.Node.Id, b.X, b.Y)));

    [Fact]
    public void Every_text_fits_into_its_box()
    {
        TopologyLayout layout = TopologyLayout.Of(Forests.Lab(3, "名前が広い"));
        Assert.All(layout.Boxes, b => Assert.True(b.Lines.Skip(1).Max(l => TextCells.Count(l)) * TopologyLayout.DetailSize * TopologyLayout.Advance < b.Width - (2 * TopologyLayout.Padding) + 0.1));
        Assert.All(layout.Boxes, b => Assert.True(TextCells.Count(b.Lines[0]) * TopologyLayout.TitleSize * TopologyLayout.Advance < b.Width - (2 * TopologyLayout.Padding) + 0.1));
    }
}
