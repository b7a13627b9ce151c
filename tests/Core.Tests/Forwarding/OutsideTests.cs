using MacvtapTools.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>Which port a rule is about where the host outside sends or receives: in words, in the path, and in what would change it.</summary>
public sealed class OutsideTests
{
    private const int Link = 0;
    private const int Outside = 2;

    [Theory]
    [InlineData(TrafficKind.Broadcast, "port p1 of br0 has broadcast flooding off", "Set-BridgePort p1 -BroadcastFlood $true")]
    [InlineData(TrafficKind.Multicast, "port p1 of br0 has multicast flooding off: only groups that were asked for there pass", "Set-BridgePort p1 -MulticastFlood $true")]
    [InlineData(
        TrafficKind.Unicast,
        "port p1 of br0 has unicast flooding off: it passes only if br0 has the address of the host outside (port p1 of br0) in its table, and the port learns none",
        "Set-BridgePort p1 -UnicastFlood $true")]
    public void What_leaves_by_the_other_port_is_a_matter_of_that(TrafficKind kind, string reason, string remedy)
    {
        ForwardingModel model = Model(new PortSettings { FloodsBroadcast = false, FloodsMulticast = false, FloodsUnicast = false, Learns = false });
        var statement = new LinkReachability(model, Link, Outside, kind);
        Assert.Equal((reason, remedy), (statement.Reason, statement.Remedy));
        Assert.Equal("p1", PathModel.Trace(model, Link, Outside, kind)[^1].Link);
    }

    [Fact]
    public void What_comes_by_a_locked_port_is_a_matter_of_that()
    {
        ForwardingModel model = Model(new PortSettings { IsLocked = true });
        var statement = new LinkReachability(model, Outside, Link, TrafficKind.Broadcast);
        Assert.Equal((Reachability.Depends, "Set-BridgePort p1 -Locked $false"), (statement.Reachable, statement.Remedy));
        Assert.StartsWith("port p1 of br0 is locked", statement.Reason, StringComparison.Ordinal);
        Assert.Equal(Reachability.Delivered, model.Decide(Link, Outside, TrafficKind.Broadcast).Reachable);
    }

    [Fact]
    public void The_words_say_where_outside_is()
    {
        Assert.Equal("it leaves through eth0 for port p1 of br0", Words(Scenes.Bridge(false)));
        Assert.Equal("it leaves through eth0 for the host of br0", Words(Scenes.Bridge(false) with { OutsidePort = null, IsOutsideBridge = true }));
        Assert.Equal("no other port of br0 is forwarding, and br0 itself is down", Words(Scenes.Bridge(false) with { OutsidePort = null }));
        Assert.Equal("it leaves through eth0", Words(new SceneSwitch { Behaviour = SwitchBehaviour.Plain }));

        static string Words(SceneSwitch behind) => new LinkReachability(Scenes.Model(Scenes.Of(behind, Scenes.Links(LinkMode.Vepa))), Link, Outside, TrafficKind.Broadcast).Reason;
    }

    private static ForwardingModel Model(PortSettings port) => Scenes.Model(Scenes.Of(Scenes.Bridge(false) with { OutsidePort = new ScenePort("p1", 14, port) }, Scenes.Links(LinkMode.Vepa)));
}
