using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Core.Tests.Bridging;

/// <summary>What the programs of Open vSwitch (3.1.0) print, and what is told to them.</summary>
public sealed class OpenVswitchTests
{
    private const string Topology = """
        {"data":[["ovs0",["set",[["uuid","p-out"],["uuid","p-own"],["uuid","p-p0"]]]],["empty",["uuid","p-empty"]]],"headings":["name","ports"]}
        {"data":[[["uuid","p-p0"],["uuid","i-p0"],["map",[]]],[["uuid","p-out"],["set",[["uuid","i-o1"],["uuid","i-o2"]]],["map",[["stp_port_id","8001"],["stp_state","blocking"]]]],[["uuid","p-own"],["uuid","i-own"],["map",[]]],[["uuid","p-empty"],["uuid","i-empty"],["map",[]]]],"headings":["_uuid","interfaces","status"]}
        {"data":[[["uuid","i-own"],"ovs0","internal",65534,5,"56:21:96:61:ba:42","down","down"],[["uuid","i-o1"],"out1","",2,6,"ba:09:c2:f4:63:b5","up","up"],[["uuid","i-o2"],"out2","",-1,["set",[]],["set",[]],["set",[]],["set",[]]],[["uuid","i-p0"],"p0","",1,2,"2e:16:62:aa:34:b4","up","up"],[["uuid","i-empty"],"empty","internal",65534,9,"56:21:96:61:ba:43","up","up"]],"headings":["_uuid","name","type","ofport","ifindex","mac_in_use","admin_state","link_state"]}

        """;

    [Fact]
    public void Bridges_and_ports_are_read_and_what_is_no_port_is_not()
    {
        var topology = OpenVswitchTopology.Parse(Topology);
        Assert.Equal(["ovs0", "empty"], topology.Bridges.Select(b => b.Name));
        Assert.Equal((5, "56:21:96:61:ba:42"), (topology.Bridges[0].LocalPort?.InterfaceIndex, topology.Bridges[0].LocalPort?.MacAddress));
        Assert.Equal(
            [new OpenVswitchPort("out1", "ovs0", 5, 2, 6, "ba:09:c2:f4:63:b5", false, false), new OpenVswitchPort("p0", "ovs0", 5, 1, 2, "2e:16:62:aa:34:b4", true)],
            topology.Ports);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ovs-vsctl: hello")]
    [InlineData("{\"data\":[]}\n{\"data\":[]}")]
    [InlineData("{\"data\":[[\"ovs0\",[\"uuid\",\"lost\"]]]}\n{\"data\":[]}\n{\"data\":[]}")]
    public void An_answer_that_is_something_else_is_a_failure_with_an_id(string text) =>
        Assert.Equal(FailureId.OpenVswitchError, Assert.Throws<MacvtapException>(() => OpenVswitchTopology.Parse(text)).Id);

    [Fact]
    public void Flows_are_read()
    {
        IReadOnlyList<OpenVswitchFlow> flows = OpenVswitchFlow.ReadAll("""
            OFPST_FLOW reply (OF1.3) (xid=0x2):
             cookie=0x6d61637674617000, duration=0.178s, table=253, n_packets=0, n_bytes=0, priority=1,in_port=12,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00 actions=IN_PORT
             cookie=0x0, duration=189.944s, table=0, n_packets=11, n_bytes=866, idle_age=0, priority=0 actions=NORMAL
             cookie=0x5, duration=1s, table=0, n_packets=1, n_bytes=6, hard_timeout=300, send_flow_rem reset_counts priority=7,ip,in_port=1 actions=drop
             cookie=0x0, duration=1s, table=0, n_packets=1, n_bytes=6, arp actions=NORMAL
             cookie=0x0, duration=1s, table=0, n_packets=1, n_bytes=6, idle_age=0 actions=drop
            """);
        Assert.Equal([(253, 1), (0, 0), (0, 7), (0, 32768), (0, 32768)], flows.Select(f => (f.Table, f.Priority)));
        Assert.Equal(["in_port=12,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00", "", "ip,in_port=1", "arp", ""], flows.Select(f => string.Join(',', f.Match)));
        Assert.Equal(OpenVswitchHairpin.Cookie, flows[0].Cookie);
        Assert.Equal("NORMAL", flows[1].Actions);
        Assert.False(flows[0].MayMatch(1));
        Assert.True(flows[2].MayMatch(1));
        Assert.True(flows[3].MayMatch(1));
    }

    [Fact]
    public void Hairpin_is_three_flows_of_one_port()
    {
        string[] lines = OpenVswitchHairpin.Compose(12).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, l => Assert.StartsWith("cookie=0x6d61637674617000,table=", l, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.Contains(",in_port=12,", l, StringComparison.Ordinal));
        Assert.EndsWith(",NORMAL,resubmit(,253)", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Hairpin_is_on_only_when_both_flows_of_that_port_are_there()
    {
        const string Main = " cookie=0x6d61637674617000, table=0, priority=1,in_port=1 actions=NORMAL\n";
        const string Groups = " cookie=0x6d61637674617000, table=253, priority=1,in_port=1,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00 actions=IN_PORT\n";
        Assert.True(OpenVswitchHairpin.IsOn(OpenVswitchFlow.ReadAll(Main + Groups), 1));
        Assert.False(OpenVswitchHairpin.IsOn(OpenVswitchFlow.ReadAll(Main + Groups), 11));
        Assert.False(OpenVswitchHairpin.IsOn(OpenVswitchFlow.ReadAll(Main), 1));
        Assert.False(OpenVswitchHairpin.IsOn(OpenVswitchFlow.ReadAll(Groups), 1));
        Assert.False(OpenVswitchHairpin.IsOn(OpenVswitchFlow.ReadAll((Main + Groups).Replace("0x6d61637674617000", "0x1", StringComparison.Ordinal)), 1));
    }
}
