using System.Globalization;
using MacvtapTools.Forwarding;
using MacvtapTools.Protection;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>The model against the running kernel: each sender to each receiver, with frames.</summary>
public sealed class ModelTests
{
    private const int EnoughFrames = 2000;
    private static readonly string[] Modes = ["private", "vepa", "bridge", "source"];
    private static readonly string[] Kinds = ["macvlan", "macvtap"];

    [Theory]
    [InlineData("none")]
    [InlineData("hairpin off")]
    [InlineData("hairpin on")]
    [InlineData("hairpin on isolated on")]
    [InlineData("hairpin on bcast_flood off")]
    [InlineData("hairpin on mcast_flood off")]
    [InlineData("hairpin on state 0")]
    [InlineData("hairpin on state 2")]
    public void Every_mode_to_every_mode_of_every_kind_behind_every_switch(string port)
    {
        using ForwardingLab lab = new();
        foreach (string mode in Modes)
        {
            foreach (string kind in Kinds)
            {
                // Two of each, so that there is one of the same sort to speak to; one of them in another namespace.
                lab.Add($"{mode[0]}{kind[4..]}1", kind, mode);
                lab.Add($"{mode[0]}{kind[4..]}2", kind, mode, isThere: true);
            }
        }

        Lab.Ip(lab.Here, "link set vtap1 allmulticast on");
        Lab.Ip(lab.Here, "link set blan1 promisc on");
        string listed = Lab.IpJson(lab.Here, "link show dev vtap1")[0].GetProperty("address").GetString()!;
        Lab.Ip(lab.Here, $"link set slan1 type macvlan macaddr add {listed}");
        Plug(lab, port);
        (List<string> differences, int compared, int open) = lab.Compare();
        Assert.Empty(differences);
        Assert.InRange(compared, EnoughFrames, int.MaxValue);
        Assert.Equal(port.Contains("mcast_flood", StringComparison.Ordinal), open > 0);
    }

    [Theory]
    [InlineData("macvlan", "none")]
    [InlineData("macvtap", "hairpin off")]
    [InlineData("macvlan", "hairpin on")]
    [InlineData("macvtap", "hairpin on")]
    public void Passthru(string kind, string port)
    {
        using ForwardingLab lab = new();
        lab.Add("pass0", kind, "passthru");
        Plug(lab, port);
        Assert.Empty(lab.Compare().Differences);
        Lab.Ip(lab.Here, "link set pass0 down");
        Assert.Empty(lab.Compare().Differences);
    }

    [Theory]
    [InlineData("hairpin off")]
    [InlineData("hairpin on")]
    public void Source_mode_with_NoDestination_takes_even_what_two_bridge_links_say_to_each_other(string port)
    {
        using ForwardingLab lab = new();
        lab.Add("b1", "macvtap", "bridge");
        lab.Add("b2", "macvlan", "bridge");
        lab.Add("v1", "macvtap", "vepa");
        lab.Add("s1", "macvlan", "source nodst");
        Plug(lab, port);
        string listed = Lab.IpJson(lab.Here, "link show dev b1")[0].GetProperty("address").GetString()!;
        Lab.Ip(lab.Here, $"link set s1 type macvlan macaddr add {listed}");
        Assert.Empty(lab.Compare().Differences);
        Lab.Ip(lab.Here, "link set s1 down");
        Assert.Empty(lab.Compare().Differences);
    }

    [Theory]
    [InlineData("link set eth0 down", false)]
    [InlineData("link set p0 down", true)]
    public void Without_a_carrier_nobody_reaches_anybody(string command, bool isAtTheSwitch)
    {
        using ForwardingLab lab = new();
        lab.Add("b1", "macvtap", "bridge");
        lab.Add("b2", "macvlan", "bridge");
        Lab.Ip(isAtTheSwitch ? lab.Switch : lab.Here, command);
        (List<string> differences, int compared, _) = lab.Compare();
        Assert.Empty(differences);
        Assert.InRange(compared, 1, int.MaxValue);
    }

    [Fact]
    public void A_link_that_is_held_down_by_protodown_sends_nothing_and_receives_still()
    {
        using ForwardingLab lab = new();
        lab.Add("b1", "macvlan", "bridge");
        lab.Add("b2", "macvtap", "bridge");
        Lab.Ip(lab.Here, "link set b1 protodown on");
        Assert.Empty(lab.Compare().Differences);
    }

    /// <summary>Scenes by chance: modes, kinds, lists, flags, links that are off, and a port that is set anyhow. The seed is in the name, so that a failure comes again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Scenes_by_chance(int seed)
    {
        using ForwardingLab lab = new();
        var chance = new Random(seed);
        var addresses = new List<string>();
        int count = chance.Next(2, 7);
        for (int i = 0; i < count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"m{i}");
            string mode = Modes[chance.Next(Modes.Length)];
            string kind = Kinds[chance.Next(Kinds.Length)];
            lab.Add(name, kind, mode == "source" && chance.Next(3) == 0 ? "source nodst" : mode);
            if (mode == "source" && addresses.Count > 0) Lab.Ip(lab.Here, $"link set {name} type {kind} macaddr add {addresses[chance.Next(addresses.Count)]}");
            addresses.Add(Lab.IpJson(lab.Here, $"link show dev {name}")[0].GetProperty("address").GetString()!);
            if (chance.Next(4) == 0) Lab.Ip(lab.Here, $"link set {name} allmulticast on");
            if (chance.Next(4) == 0) Programs.Run("bridge", "-n", lab.Here, "fdb", "add", "01:00:5e:00:00:fb", "dev", name, "self");
            if (chance.Next(5) == 0) Lab.Ip(lab.Here, $"link set {name} down");
        }

        Plug(lab, chance.Next(6) == 0 ? "none" : $"hairpin {Switched(3)} isolated {Switched(1)} bcast_flood {Switched(3)} mcast_flood {Switched(3)} flood {Switched(3)} learning {Switched(3)}");
        Assert.Empty(lab.Compare().Differences);

        string Switched(int on) => chance.Next(4) < on ? "on" : "off";
    }

    /// <summary>What leaves the bridge leaves it by the other port, and what comes enters there: its settings count as those of the port at the end of the cable do.</summary>
    [Theory]
    [InlineData("bcast_flood off mcast_flood off")]
    [InlineData("flood off learning off")]
    [InlineData("locked on")]
    [InlineData("isolated on")]
    public void The_other_port_of_the_bridge(string port)
    {
        using ForwardingLab lab = new();
        AddSome(lab);
        lab.Bridge($"link set dev p1 {port}");
        (List<string> differences, int compared, int open) = lab.Compare();
        Assert.Empty(differences);
        Assert.InRange(compared, 100, int.MaxValue);
        Assert.Equal(port != "isolated on", open > 0);
        lab.Bridge("link set dev p0 isolated on");
        Assert.Empty(lab.Compare().Differences);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Of_several_ports_the_host_outside_is_behind_the_one_that_is_probed(bool isFirstIsolated, bool isSecondIsolated)
    {
        using ForwardingLab lab = new();
        AddSome(lab);
        lab.AddPort("p2", "out2");
        lab.Bridge("link set dev p0 isolated on");
        if (isFirstIsolated) lab.Bridge("link set dev p1 isolated on");
        if (isSecondIsolated) lab.Bridge("link set dev p2 isolated on");
        SceneView view = lab.Read();
        Assert.Equal(view.Scene.Switch.OutsidePort!.Name == "p1" ? "out0" : "out2", view.Outside!.Name);
        Assert.Empty(lab.Compare().Differences);
    }

    [Theory]
    [InlineData("isolated off")]
    [InlineData("isolated on")]
    [InlineData("bcast_flood off mcast_flood off")]
    public void Where_no_other_port_forwards_the_bridges_own_host_is_outside(string port)
    {
        using ForwardingLab lab = new();
        AddSome(lab);
        lab.Bridge($"link set dev p0 hairpin on {port}");
        Lab.Ip(lab.There, "link set out0 down");
        lab.AwaitState("p1", isForwarding: false);
        SceneView view = lab.Read();
        Assert.Equal((true, "br0"), (view.Scene.Switch.IsOutsideBridge, view.Outside?.Name));
        (List<string> differences, int compared, _) = lab.Compare();
        Assert.Empty(differences);
        Assert.InRange(compared, 100, int.MaxValue);
    }

    /// <summary>The groups of the switch itself: passed on by the mask of the port where they enter, or of the bridge; its own host's enter by none.</summary>
    [Theory]
    [InlineData("", "", "")]
    [InlineData("group_fwd_mask 0x4000", "", "")]
    [InlineData("", "group_fwd_mask 0x4000", "")]
    [InlineData("", "", "group_fwd_mask 0x4000")]
    [InlineData("", "down", "")]
    public void Groups_of_the_switch_itself(string near, string other, string bridge)
    {
        const ulong Neighbours = 0x0180_c200_000e;
        using ForwardingLab lab = new();
        AddSome(lab);
        lab.Bridge("link set dev p0 hairpin on");
        Lab.Ip(lab.Here, "link set vepa1 allmulticast on");
        if (near.Length > 0) Lab.Ip(lab.Switch, $"link set p0 type bridge_slave {near}");
        if (bridge.Length > 0) Lab.Ip(lab.Switch, $"link set br0 type bridge {bridge}");
        if (other == "down")
        {
            Lab.Ip(lab.There, "link set out0 down");
            lab.AwaitState("p1", isForwarding: false);
        }
        else if (other.Length > 0)
        {
            Lab.Ip(lab.Switch, $"link set p1 type bridge_slave {other}");
        }

        Assert.Empty(SceneComparison.Compare(lab.Read, Neighbours, Neighbours - 1, Neighbours - 2).Differences);
        ForwardingModel model = new(lab.Read().Scene, Neighbours);
        int link = model.Scene.Links.ToList().FindIndex(l => l.Name == "vepa1");
        Assert.Equal(near.Length + bridge.Length > 0, model.Decide(link, model.Scene.Outside, TrafficKind.Multicast).Reachable == Reachability.Delivered);
        Assert.Equal(other.Length + bridge.Length > 0, model.Decide(model.Scene.Outside, link, TrafficKind.Multicast).Reachable == Reachability.Delivered);
    }

    private static void AddSome(ForwardingLab lab)
    {
        lab.Add("vepa1", "macvlan", "vepa");
        lab.Add("bridge1", "macvtap", "bridge");
        lab.Add("private1", "macvlan", "private", isThere: true);
    }

    /// <summary>Both ways, of every mode: what isolation drops where it comes in and where it leaves, and what a guest may send from.</summary>
    [Theory]
    [InlineData("private", "macvlan", "hairpin on")]
    [InlineData("private", "macvtap", "hairpin on")]
    [InlineData("vepa", "macvlan", "hairpin on")]
    [InlineData("bridge", "macvlan", "hairpin off")]
    [InlineData("bridge", "macvtap", "hairpin on")]
    [InlineData("source", "macvlan", "hairpin on")]
    public void Protected_links(string mode, string kind, string port)
    {
        using ForwardingLab lab = new();
        foreach (string name in (string[])["g1", "g2", "g3"]) lab.Add(name, kind, mode, isThere: name == "g2");
        lab.Add("m1", "macvlan", "vepa");
        lab.Add("m2", "macvlan", "bridge");
        if (mode == "source") Lab.Ip(lab.Here, $"link set g1 type {kind} macaddr add {lab.Address("m1")}");
        Plug(lab, port);
        lab.Protect("g1", new ProtectionRules { Isolate = true, Siblings = [.. ((string[])["g2", "m1"]).Select(n => MacNumber.Of(lab.Address(n)))] });
        lab.Protect("g2", new ProtectionRules { Sources = [MacNumber.Of(lab.Address("g2"))] });
        lab.Protect("m2", new ProtectionRules { Sources = [0x0600_0000_0077] });
        (List<string> differences, int compared, int open) = lab.Compare();
        Assert.Empty(differences);
        Assert.Equal(0, open);
        Assert.InRange(compared, 100, int.MaxValue);
        ForwardingScene scene = lab.Read().Scene;
        Assert.Equal(["g1", "g2", "m2"], scene.Links.Where(l => l.Guard.Rules is not null).Select(l => l.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Filters_of_others_leave_it_open_and_so_does_a_sighting_before_them()
    {
        using ForwardingLab lab = new();
        Requires.Program("tc");
        lab.Add("a", "macvtap", "bridge");
        lab.Add("b", "macvlan", "bridge");
        lab.Add("c", "macvlan", "bridge");
        Programs.Run("tc", "-n", lab.Here, "qdisc", "add", "dev", "a", "ingress");
        Programs.Run("tc", ["-n", lab.Here, .. "filter add dev a ingress bpf da bytecode".Split(' '), "1,6 0 0 2"]);
        Programs.Run("tc", "-n", lab.Here, "qdisc", "add", "dev", "b", "clsact");
        Programs.Run("tc", ["-n", lab.Here, .. "filter add dev b egress bpf da bytecode".Split(' '), "1,6 0 0 2"]);
        SceneView view = lab.Read();
        var model = new ForwardingModel(view.Scene, MacNumber.Broadcast);
        int a = Place("a"), b = Place("b"), c = Place("c");
        Assert.Equal(Verdict.Maybe(ForwardingRule.Protected), model.Decide(c, a, TrafficKind.Unicast));
        Assert.Equal(Verdict.Yes(ForwardingRule.BridgeDirect), model.Decide(a, c, TrafficKind.Unicast));
        Assert.Equal(Verdict.Maybe(ForwardingRule.Protected), model.Decide(b, c, TrafficKind.Unicast));
        Assert.Equal(Verdict.Yes(ForwardingRule.BridgeDirect), model.Decide(c, b, TrafficKind.Unicast));
        Assert.Equal((true, false, false), (view.Places[a].IsVeiled, view.Places[b].IsVeiled, view.Places[c].IsVeiled));

        int Place(string name) => view.Scene.Links.ToList().FindIndex(l => l.Name == name);
    }

    private static void Plug(ForwardingLab lab, string port)
    {
        if (port == "none") Lab.Ip(lab.Switch, "link set p0 nomaster");
        else lab.Bridge($"link set dev p0 {port}");
    }
}
