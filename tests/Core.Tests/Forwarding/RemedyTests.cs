using MacvtapTools.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>Commands that would change a verdict: they work, and name the link that is to blame.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData(BridgePortState.Disabled, false, true, false, "Enable-Link br0", "port p0 of br0 is disabled, not forwarding: br0 is down")]
    [InlineData(BridgePortState.Disabled, false, false, true, "Enable-Link br0", "port p0 of br0 is disabled, not forwarding: br0 is down")]
    [InlineData(BridgePortState.Disabled, true, false, false, "Enable-Link p0", "port p0 of br0 is disabled, not forwarding: it is down")]
    [InlineData(BridgePortState.Disabled, true, true, false, "Set-BridgePort p0 -State Forwarding", "port p0 of br0 is disabled, not forwarding")]
    [InlineData(BridgePortState.Learning, true, true, false, "Set-BridgePort p0 -State Forwarding", "port p0 of br0 is learning, not forwarding")]
    [InlineData(BridgePortState.Learning, true, true, true, null, "port p0 of br0 is learning, not forwarding: the spanning tree decides, and may not have settled yet")]
    public void A_port_that_does_not_forward(BridgePortState state, bool isBridgeUp, bool isPortUp, bool hasSpanningTree, string? remedy, string reason)
    {
        SceneSwitch behind = Scenes.Bridge(true) with { State = state, IsBridgeUp = isBridgeUp, IsPortUp = isPortUp, HasSpanningTree = hasSpanningTree };
        var statement = new LinkReachability(Scenes.Model(Scenes.Of(behind, Scenes.Links(LinkMode.Vepa, LinkMode.Vepa))), 0, 1, TrafficKind.Unicast);
        Assert.Equal((ForwardingRule.PortNotForwarding, remedy, reason), (statement.Rule, statement.Remedy, statement.Reason));
    }

    [Fact]
    public void A_tap_link_has_a_carrier_while_somebody_has_it_open()
    {
        ForwardingScene scene = Scenes.Of(SceneSwitch.Unknown, Scenes.Links(LinkMode.Bridge, LinkMode.Bridge));
        var statement = new LinkReachability(Scenes.Model(scene with { Lower = scene.Lower with { HasCarrier = false, IsTap = true } }), 0, 1, TrafficKind.Unicast);
        Assert.Equal(
            (ForwardingRule.LowerDeviceNoCarrier, "Open-TapDevice eth0", "eth0 has no carrier (no program has it open), and without it not even two bridge-mode links reach each other"),
            (statement.Rule, statement.Remedy, statement.Reason));
    }

    [Fact]
    public void Of_two_that_take_what_they_list_the_one_that_lists_the_sender_is_named()
    {
        SceneLink[] links = [.. Scenes.Links(LinkMode.Source, LinkMode.Source, LinkMode.Vepa, LinkMode.Vepa)];
        links[0] = links[0] with { Flags = ModeFlag.NoDestination, Sources = [0x0200_0000_0099] };
        links[1] = links[1] with { Flags = ModeFlag.NoDestination, Sources = [links[2].Address] };
        var statement = new LinkReachability(Scenes.Model(Scenes.Of(Scenes.Bridge(true), links)), 2, 3, TrafficKind.Unicast);
        Assert.Equal((ForwardingRule.NoDestinationTakes, "Set-LinkMode m1 Source -Flag None"), (statement.Rule, statement.Remedy));
    }
}
