using MacvtapTools.Topology;
using Xunit;
using static MacvtapTools.Tests.Topology.Forests;

namespace MacvtapTools.Tests.Topology;

public sealed class TopologyBuilderTests
{
    [Fact]
    public void A_macvtap_hangs_below_the_switch_that_its_frames_pass()
    {
        LinkTopology topology = Lab(2);
        Assert.Equal(["br0", "p0", "eth0", "m0", "qemu", "m1"], topology.Node.Select(n => n.Name));
        Assert.Equal([TopologyRole.Bridge, TopologyRole.Port, TopologyRole.LowerDevice, TopologyRole.Macvtap, TopologyRole.Holder, TopologyRole.Macvtap], topology.Node.Select(n => n.Role));
        Assert.Equal([null, "n0_2", "n0_3", "n1_2", "n1_3", "n1_2"], topology.Node.Select(n => n.Parent));
    }

    [Fact]
    public void A_cable_between_two_bridges_is_an_edge_across_and_drawn_once()
    {
        LinkTopology topology = Build(
        [
            Link(0, 2, "br0", "bridge"), Link(0, 3, "br1", "bridge"),
            Link(0, 4, "a", "veth", master: To(0, 2, "br0"), peer: To(0, 5, "b"), hairpin: false),
            Link(0, 5, "b", "veth", master: To(0, 3, "br1"), peer: To(0, 4, "a"), hairpin: false),
        ]);
        TopologyEdge across = Assert.Single(topology.Edge, e => e.IsCross);
        Assert.Equal(("n0_4", "n0_5", TopologyRelation.Peer), (across.From, across.To, across.Relation));
        Assert.Equal(["br0", "br1"], topology.Roots.Select(r => r.Name));
    }

    [Fact]
    public void A_port_with_a_lower_device_hangs_on_the_bridge_and_its_lower_device_is_an_edge_across()
    {
        LinkTopology topology = Build([Link(0, 1, "eth0", null), Link(0, 2, "br0", "bridge"), Link(0, 3, "eth0.5", "vlan", lower: To(0, 1, "eth0"), master: To(0, 2, "br0"))]);
        Assert.Equal("n0_2", topology.Node.Single(n => n.Name == "eth0.5").Parent);
        Assert.Equal(TopologyRelation.Lower, Assert.Single(topology.Edge, e => e.IsCross).Relation);
    }

    [Fact]
    public void What_is_elsewhere_gets_a_node_of_its_own_and_hangs_below_what_was_read()
    {
        LinkTopology topology = Build([Link(0, 2, "v0", "veth", peer: new NodeReference(new NodeKey(-1, 9), null, null))]);
        Assert.Equal(["v0", "index 9"], topology.Node.Select(n => n.Name));
        Assert.Equal(TopologyRole.Elsewhere, topology.Node[1].Role);
    }

    [Fact]
    public void A_list_that_goes_in_a_circle_still_makes_a_tree_with_everything_in_it()
    {
        LinkTopology topology = Build([Link(0, 1, "a", "vlan", lower: To(0, 2, "b")), Link(0, 2, "b", "vlan", lower: To(0, 1, "a"))]);
        Assert.Equal(2, topology.Node.Count);
        Assert.Single(topology.Edge, e => e.IsCross);
    }

    [Fact]
    public void The_order_of_reading_does_not_matter()
    {
        TopologyNode[] Links() => [Link(0, 2, "br0", "bridge"), Link(0, 3, "p0", "veth", master: To(0, 2, "br0"), hairpin: false), Link(0, 4, "p1", "veth", master: To(0, 2, "br0"), hairpin: false)];
        Assert.Equal(Build(Links()).Node.Select(n => n.Id), Build(Links().Reverse()).Node.Select(n => n.Id));
    }

    [Fact]
    public void Only_the_trees_of_wanted_links_are_left()
    {
        LinkTopology both = Build([Link(0, 2, "br0", "bridge"), Link(0, 3, "p0", "veth", master: To(0, 2, "br0")), Link(0, 4, "alone", "dummy")]);
        LinkTopology one = both.Where(n => n.Name == "p0");
        Assert.Equal(["br0", "p0"], one.Node.Select(n => n.Name));
        Assert.Single(one.Edge);
    }
}
