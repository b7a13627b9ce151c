using MacvtapTools.Topology;
using Xunit;

namespace MacvtapTools.Tests.Topology;

public sealed class TopologyTreeTests
{
    [Fact]
    public void The_tree_says_what_is_where()
    {
        string[] expected =
        [
            "br0  bridge  02:00:00:00:00:02",
            "└─ p0  veth  hairpin on  02:00:00:00:00:03",
            "   └─ eth0  veth (peer)  in ns1  02:00:00:00:01:02",
            "      ├─ m0  macvtap bridge  02:00:00:00:01:03",
            "      │  └─ qemu(4711)",
            "      └─ m1  macvtap vepa  down  02:00:00:00:01:04",
        ];
        Assert.Equal(expected, TopologyTree.Draw(Forests.Lab(2), false).Select(l => l.Text));
        Assert.Equal(expected.Select(l => l.Replace("└─", "`-").Replace("├─", "|-").Replace("│", "|")), TopologyTree.Draw(Forests.Lab(2), true).Select(l => l.Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(30)]
    public void A_line_fits_the_terminal_and_shows_that_it_was_cut(int width)
    {
        foreach (TopologyLine line in TopologyTree.Draw(Forests.Lab(2, "幅広"), false))
        {
            string drawn = line.Draw(width, null);
            Assert.InRange(TextCells.Count(drawn), 1, width);
            Assert.Equal(TextCells.Count(line.Text) > width, drawn.EndsWith('…'));
        }
    }

    [Fact]
    public void Colours_are_put_around_parts_and_end_where_the_line_is_cut()
    {
        TopologyLine line = TopologyTree.Draw(Forests.Lab(2), false).Last();
        var styles = new Dictionary<string, string> { ["Bad"] = "<bad>", ["Macvtap"] = "<tap>", ["Reset"] = "<end>" };
        Assert.Equal("      └─ <tap>m1<end>  macvtap vepa<bad>  down<end>  02:00:00:00:01:04", line.Draw(0, styles));
        Assert.Equal("      └─ <tap>m<end>…", line.Draw(11, styles));
    }

    [Fact]
    public void Control_characters_in_names_do_not_reach_the_terminal() =>
        Assert.All(TopologyTree.Draw(Forests.Lab(2, "\u001b[2J"), false), l => Assert.DoesNotContain('\u001b', l.Text));

    [Fact]
    public void A_line_binds_to_the_parameters_of_other_cmdlets()
    {
        TopologyLine[] lines = [.. TopologyTree.Draw(Forests.Lab(1), false)];
        Assert.Equal(("m0", 3, "ns1"), (lines[3].Name, lines[3].InterfaceIndex, lines[3].NetworkNamespace));
        Assert.Null(lines[4].Name);
    }
}
