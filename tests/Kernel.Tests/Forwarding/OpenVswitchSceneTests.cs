using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Kernel.Tests.Bridging;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>The model with an Open vSwitch bridge behind the lower device, against what it does.</summary>
public sealed class OpenVswitchSceneTests : IDisposable
{
    private readonly OpenVswitchBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_model_agrees_with_the_frames_in_every_mode(bool hairpin)
    {
        Requires.Kind("macvtap");
        _bench.Set("sw1", hairpin);
        foreach ((string name, string kind, string mode) in ((string, string, string)[])[("c", "macvtap", "bridge"), ("d", "macvtap", "bridge"), ("e", "macvlan", "private"), ("f", "macvlan", "private"), ("g", "macvlan", "source")])
        {
            Lab.Ip(_bench.Namespace, $"link add link sw0 name {name} type {kind} mode {mode}");
            if (mode == "source") Lab.Ip(_bench.Namespace, $"link set dev {name} type macvlan macaddr add {_bench["a"].MacAddress}");
            Lab.Ip(_bench.Namespace, $"link set dev {name} addrgenmode none up");
        }

        (List<string> differences, int compared, int open) = SceneComparison.Compare(Read);
        Assert.Empty(differences);
        Assert.Equal(0, open);
        Assert.True(compared > 500, $"{compared}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Passthru_takes_what_comes_back_and_what_comes(bool hairpin)
    {
        _bench.Set("sw1", hairpin);
        foreach (string name in (string[])["a", "b"]) Lab.Ip(_bench.Namespace, $"link delete dev {name}");
        Lab.Ip(_bench.Namespace, "link add link sw0 name p type macvlan mode passthru");
        Lab.Ip(_bench.Namespace, "link set dev p addrgenmode none up");
        (List<string> differences, int compared, int open) = SceneComparison.Compare(Read);
        Assert.Empty(differences);
        Assert.Equal(0, open);
        Assert.True(compared > 10, $"{compared}");
    }

    [Fact]
    public void Where_the_bridge_has_no_other_port_its_own_host_is_outside()
    {
        _bench.Set("sw1", true);
        _bench.Switch.Run("ovs-vsctl", $"--db=unix:{_bench.Switch.Directory}/db.sock", "del-port", "far3");
        Lab.Ip(_bench.Namespace, "link set ovs0 addrgenmode none up");
        SceneView view = Read();
        Assert.Equal("ovs0", view.Outside?.Name);
        (List<string> differences, int compared, _) = SceneComparison.Compare(Read);
        Assert.Empty(differences);
        Assert.True(compared > 10, $"{compared}");
    }

    [Fact]
    public void Flows_of_others_decide_and_are_named()
    {
        _bench.Switch.Run("ovs-ofctl", "add-flow", "ovs0", "priority=50,arp,actions=drop");
        ForwardingModel model = Model();
        int a = Place(model.Scene, "a"), b = Place(model.Scene, "b");
        Assert.Equal(Verdict.Maybe(ForwardingRule.SwitchProgrammed), model.Decide(a, b, TrafficKind.Broadcast));
        Assert.Equal(Verdict.Maybe(ForwardingRule.SwitchProgrammed), model.Decide(a, model.Scene.Outside, TrafficKind.Unicast));
        Assert.Equal(Verdict.Maybe(ForwardingRule.SwitchProgrammed), model.Decide(model.Scene.Outside, a, TrafficKind.Unicast));
        Assert.StartsWith("ovs0 has 1 flow of others: ", new LinkReachability(model, a, b, TrafficKind.Unicast, null).Reason, StringComparison.Ordinal);

        _bench.Switch.Run("ovs-ofctl", "del-flows", "ovs0");
        Assert.Equal("ovs0 has no flow that handles every frame with NORMAL", Model().Scene.Switch.Uncertainty);
    }

    [Theory]
    [InlineData("tag=5")]
    [InlineData("trunks=5,6")]
    [InlineData("vlan_mode=native-untagged")]
    [InlineData("protected=true")]
    public void Settings_of_a_port_that_are_not_looked_at_are_named(string setting)
    {
        Assert.Null(Model().Scene.Switch.Uncertainty);
        _bench.Switch.Run("ovs-vsctl", $"--db=unix:{_bench.Switch.Directory}/db.sock", "set", "port", "far3", setting);
        Assert.StartsWith("far3 is in a VLAN, protected", Model().Scene.Switch.Uncertainty, StringComparison.Ordinal);
    }

    [Fact]
    public void A_remedy_names_the_database_that_was_named()
    {
        ForwardingModel model = Model();
        string? remedy = new LinkReachability(model, Place(model.Scene, "a"), Place(model.Scene, "b"), TrafficKind.Unicast, null).Remedy;
        Assert.Equal($"Enable-Hairpin sw1 -OpenVswitchDatabase {_bench.Switch.Directory} -NetworkNamespace {_bench.Namespace}", remedy);
    }

    [Fact]
    public void A_database_that_was_named_and_is_gone_is_an_error()
    {
        Bridging.OpenVswitchBench bench = _bench;
        int server = int.Parse(File.ReadAllText(Path.Combine(bench.Switch.Directory, "ovsdb-server.pid")), System.Globalization.CultureInfo.InvariantCulture);
        Programs.Run("kill", "-KILL", $"{server}");
        Assert.Equal(FailureId.OpenVswitchError, Assert.Throws<MacvtapException>(() => Read()).Id);
    }

    private SceneView Read() => new SceneReader(_bench.Session, _ => _bench.Session, _bench.Client).Read(_bench["sw0"], null);

    private ForwardingModel Model() => new(Read().Scene, MacNumber.Of("01:00:5e:00:00:fb"));

    private static int Place(ForwardingScene scene, string name) => scene.Links.ToList().FindIndex(l => l.Name == name);
}
