using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Bridging;
using MacvtapTools.Topology;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Topology;

/// <summary>Bridges of Open vSwitch in a topology.</summary>
public sealed class OpenVswitchTopologyTests : IDisposable
{
    private readonly OpenVswitchBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_bridge_is_shown_with_its_ports_and_their_hairpin()
    {
        _bench.Set("sw1", true);
        LinkTopology topology = Read(_bench.Client, out TopologyCollector collector);
        Assert.Null(collector.OpenVswitchProblem);
        Assert.Equal(
            [
                $"ovs0  Open vSwitch bridge  in {_bench.Namespace}",
                "├─ sw1  veth  hairpin on",
                "│  └─ sw0  veth (peer)",
                "│     ├─ a  macvlan vepa",
                "│     └─ b  macvlan vepa",
                "├─ far3  veth  hairpin off",
                "│  └─ far2  veth (peer)",
            ],
            Tree(topology.Where(n => n.Name == "ovs0")).Where(line => !line.Contains("vswitchd", StringComparison.Ordinal)));
        TopologyNode[] nodes = [.. topology.Node.Where(n => n.Name is "ovs0" or "sw1" or "sw0")];
        Assert.Equal([(BridgeBackend.OpenVswitch, TopologyRole.Bridge), (BridgeBackend.OpenVswitch, TopologyRole.Port), (null, TopologyRole.LowerDevice)], nodes.Select(n => ((BridgeBackend?)n.Backend, n.Role)));
    }

    [Fact]
    public void Without_a_database_a_port_is_a_plain_link()
    {
        LinkTopology topology = Read(null, out _);
        Assert.Equal(TopologyRole.Link, topology.Node.Single(n => n.Name == "sw1").Role);
        Assert.Null(topology.Node.Single(n => n.Name == "sw1").Hairpin);
    }

    /// <summary>What stands for the bridge is a link as others, and can be moved.</summary>
    [Fact]
    public void A_bridge_whose_local_port_is_elsewhere_still_holds_its_ports_together()
    {
        Lab.Ip(_bench.Namespace, $"link set ovs0 netns {_bench.Lab.NewNamespace()}");
        TopologyNode[] nodes = [.. Read(_bench.Client, out _).Node];
        TopologyNode bridge = nodes.Single(n => n.Name == "ovs0");
        Assert.Equal(TopologyRole.Elsewhere, bridge.Role);
        Assert.Equal(["far3", "sw1"], nodes.Where(n => n.Parent == bridge.Id).Select(n => n.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_switch_that_fails_leaves_the_rest_and_is_told_and_one_that_was_named_is_an_error()
    {
        int server = int.Parse(File.ReadAllText(Path.Combine(_bench.Switch.Directory, "ovs-vswitchd.pid")), System.Globalization.CultureInfo.InvariantCulture);
        Programs.Run("kill", "-KILL", $"{server}");
        Assert.Equal(FailureId.OpenVswitchError, Assert.Throws<MacvtapException>(() => Read(_bench.Client, out _)).Id);

        // The usual place, as OVS_RUNDIR has it.
        Environment.SetEnvironmentVariable("OVS_RUNDIR", _bench.Switch.Directory);
        try
        {
            LinkTopology topology = Read(new OpenVswitchClient(null, CancellationToken.None), out TopologyCollector collector);
            Assert.Contains("ovs-ofctl", collector.OpenVswitchProblem, StringComparison.Ordinal);
            Assert.False(topology.IsComplete);
            Assert.Contains(topology.Node, n => n.Name == "a");
        }
        finally
        {
            Environment.SetEnvironmentVariable("OVS_RUNDIR", null);
        }
    }

    private LinkTopology Read(OpenVswitchClient? client, out TopologyCollector collector)
    {
        collector = new TopologyCollector([_bench.Session], client);
        return collector.Read(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Tree(LinkTopology topology) => TopologyTree.Draw(topology, false).Select(l => System.Text.RegularExpressions.Regex.Replace(l.Text, "  ([0-9a-f]{2}:){5}[0-9a-f]{2}", string.Empty));
}
