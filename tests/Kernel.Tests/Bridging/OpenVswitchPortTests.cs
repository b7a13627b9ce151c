using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>Ports of a real Open vSwitch, and what hairpin leaves as it was.</summary>
public sealed class OpenVswitchPortTests
{
    [Fact]
    public void A_port_is_found_by_its_link_and_nothing_else_is()
    {
        using OpenVswitchBench bench = new();
        BridgePort port = bench.Port("sw1");
        Assert.Equal(BridgeBackend.OpenVswitch, port.Backend);
        Assert.Equal(("ovs0", bench["ovs0"].InterfaceIndex, BridgePortState.Forwarding, false), (port.Bridge, port.BridgeIndex, port.State, port.Hairpin));
        Assert.Equal(Path.Combine(bench.Switch.Directory, "db.sock"), port.OpenVswitchDatabase);
        Assert.Null(port.Isolated);
        Assert.Null(bench.Client.Find(bench["sw0"]));
        Assert.Null(bench.Client.Find(bench["a"]));
        Assert.Null(bench.Client.Find(bench["ovs0"]));
        Assert.True(bench.Client.HasBridge("ovs0"));
        Assert.False(bench.Client.HasBridge("sw1"));
    }

    [Fact]
    public void A_link_of_the_same_name_in_another_namespace_is_no_port()
    {
        using OpenVswitchBench bench = new();
        string other = bench.Lab.NewNamespace();
        Lab.Ip(other, "link add name sw0 type veth peer name sw1 index 21");
        using var session = MacvtapTools.Links.LinkSession.Open(other);
        Assert.Null(bench.Client.Find(session.Reader.Find("sw1")!));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("OpenFlow10")]
    [InlineData("OpenFlow13")]
    [InlineData("OpenFlow15")]
    public void Only_our_flows_come_and_go_whichever_version_the_bridge_speaks(string protocols)
    {
        using OpenVswitchBench bench = new();
        bench.Switch.Run("ovs-ofctl", "add-flow", "ovs0", "cookie=0x7,priority=0,table=7,in_port=1,actions=drop");
        bench.Switch.Run("ovs-vsctl", "set", "bridge", "ovs0", $"protocols={protocols}");
        OpenVswitchHairpin hairpin = new(OpenVswitchDatabase.Find(bench.Switch.Directory)!, CancellationToken.None);
        var before = hairpin.Read("ovs0").Select(f => f.ToString() + string.Join(',', f.Match)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, before.Length);

        Assert.Null(bench.Set("sw1", true));
        Assert.Null(bench.Set("far3", true));
        Assert.True(bench.Port("sw1").Hairpin);
        bench.Set("sw1", false);
        Assert.False(bench.Port("sw1").Hairpin);
        Assert.True(bench.Port("far3").Hairpin);
        bench.Set("far3", false);
        Assert.Equal(before, hairpin.Read("ovs0").Select(f => f.ToString() + string.Join(',', f.Match)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Flows_of_others_that_come_first_are_named()
    {
        using OpenVswitchBench bench = new();
        bench.Switch.Run("ovs-ofctl", "add-flow", "ovs0", "priority=50,arp,actions=drop");
        bench.Switch.Run("ovs-ofctl", "add-flow", "ovs0", $"priority=60,in_port={bench.Port("far3").PortNumber},actions=drop");
        Assert.Contains("1 flow of others", bench.Set("sw1", true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bridge_that_does_not_switch_by_addresses_is_left_alone()
    {
        using OpenVswitchBench bench = new();
        bench.Switch.Run("ovs-ofctl", "del-flows", "ovs0");
        MacvtapException failure = Assert.Throws<MacvtapException>(() => bench.Set("sw1", true));
        Assert.Equal(FailureId.OpenVswitchUnsuitable, failure.Id);
        Assert.Empty(bench.Flows());
    }

    [Fact]
    public void A_flow_of_the_same_match_and_priority_is_not_replaced()
    {
        using OpenVswitchBench bench = new();
        bench.Switch.Run("ovs-ofctl", "add-flow", "ovs0", $"cookie=0x9,priority=1,in_port={bench.Port("sw1").PortNumber},actions=drop");
        string[] before = bench.Flows();
        Assert.Equal(FailureId.OpenVswitchUnsuitable, Assert.Throws<MacvtapException>(() => bench.Set("sw1", true)).Id);
        Assert.Equal(before, bench.Flows());
    }

    [Fact]
    public void A_switch_that_hangs_can_be_stopped_waiting_for()
    {
        using OpenVswitchBench bench = new();
        using CancellationTokenSource stop = new();
        Link link = bench["sw1"];
        int server = int.Parse(File.ReadAllText(Path.Combine(bench.Switch.Directory, "ovsdb-server.pid")), System.Globalization.CultureInfo.InvariantCulture);
        Programs.Run("kill", "-STOP", $"{server}");
        try
        {
            stop.CancelAfter(100);
            Assert.ThrowsAny<OperationCanceledException>(() => new OpenVswitchClient(bench.Switch.Directory, stop.Token).Find(link));
        }
        finally
        {
            Programs.Run("kill", "-CONT", $"{server}");
        }
    }
}
