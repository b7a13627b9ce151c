using MacvtapTools.Diagnosis.Advice;
using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Forwarding;
using MacvtapTools.Protection;
using MacvtapTools.Route;
using MacvtapTools.Taps;
using MacvtapTools.Tests.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>Each rule about running links, against links and surroundings that are described.</summary>
public sealed class LinkAdviceTests
{
    private const uint AllMulticast = 0x200;
    private const string OwnAddress = "02:00:00:00:00:14";

    [Fact]
    public void Every_topic_has_one_rule() => Assert.Equal(Enum.GetValues<LinkAdviceTopic>(), LinkAdviser.Rules.Select(r => r.Topic).Order());

    [Fact]
    public void A_healthy_link_gets_no_advice() => Assert.Empty(Topics(Healthy(), Around()));

    [Fact]
    public void A_rule_can_be_left_out() => Assert.Empty(LinkAdviser.Look(Healthy(r => r.TransmitQueueLength = 0), Around(), [LinkAdviceTopic.TransmitQueueZero]));

    [Fact]
    public void A_guest_without_its_groups()
    {
        MacvtapLink closed = FakeLinks.Tap();
        FakeSurroundings around = Around();
        Assert.Equal([LinkAdviceTopic.GuestMulticast], Topics(closed, around));
        around.Groups = [new LinkMulticastGroup(closed, "33:33:ff:12:34:56", false)];
        Assert.Equal([LinkAdviceTopic.GuestMulticast], Topics(closed, around));
        around.Groups = [new LinkMulticastGroup(closed, "33:33:ff:12:34:56", true)];
        Assert.Empty(Topics(closed, around));
    }

    [Fact]
    public void Private_is_told_where_the_model_says_that_it_does_not_isolate()
    {
        MacvtapLink own = Healthy(r => r.Macvlan!.Mode = LinkMode.Private);
        FakeSurroundings around = Around(Scene(own, Scenes.Bridge(true)));
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(own, around, []));
        Assert.Equal(LinkAdviceTopic.PrivateNotIsolated, advice.Topic);
        Assert.StartsWith($"Protect-Link {own.Name} -Isolate, or Disable-Hairpin p0", advice.Advice, StringComparison.Ordinal);
        Assert.Empty(Topics(own, Around(Scene(own, Scenes.Bridge(false)))));
        Assert.Empty(Topics(own, Around(Scene(own, SceneSwitch.Unknown))));
    }

    [Fact]
    public void A_private_link_that_is_isolated_or_reached_by_the_host_alone_gets_no_advice()
    {
        MacvtapLink own = Healthy(r => r.Macvlan!.Mode = LinkMode.Private);
        ForwardingScene scene = Scene(own, Scenes.Bridge(true));
        int place = scene.Links.ToList().FindIndex(l => l.Name == own.Name);
        SceneLink other = scene.Links[1 - place];
        Assert.Empty(Topics(own, Around(scene with { Links = [scene.Links[place]] })));
        Assert.Empty(Topics(own, Around(With(new ProtectionRules { Isolate = true, Siblings = [other.Address] }))));
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(own, Around(With(new ProtectionRules { BlockDhcpServer = true })), []));
        Assert.StartsWith($"Protect-Link {own.Name} -Isolate -BlockDhcpServer, or", advice.Advice, StringComparison.Ordinal);

        ForwardingScene With(ProtectionRules rules) => scene with { Links = [scene.Links[place] with { Guard = new SceneGuard { Rules = rules } }, other] };
    }

    [Fact]
    public void Vepa_needs_a_relay_that_works()
    {
        MacvtapLink own = Healthy(r => r.Macvlan!.Mode = LinkMode.Vepa);
        Assert.Empty(Topics(own, Around(Scene(own, Scenes.Bridge(true)))));
        Assert.Empty(Topics(own, Around(Scene(own, SceneSwitch.Unknown))));
        Assert.Equal([LinkAdviceTopic.RelayMissing], Topics(own, Around(Scene(own, Scenes.Bridge(false)))));
        Assert.Equal([LinkAdviceTopic.RelayMissing], Topics(own, Around(Scene(own, new SceneSwitch { Behaviour = SwitchBehaviour.None }))));
        Assert.Equal([LinkAdviceTopic.RelayIneffective], Topics(own, Around(Scene(own, Scenes.Bridge(true) with { Settings = new PortSettings { IsIsolated = true } }))));
        Assert.Equal([LinkAdviceTopic.RelayIneffective], Topics(own, Around(Scene(own, Scenes.Bridge(true) with { Settings = new PortSettings { FloodsBroadcast = false } }))));
        Assert.Equal([LinkAdviceTopic.SwitchPortState], Topics(own, Around(Scene(own, Scenes.Bridge(true) with { State = BridgePortState.Disabled }))));
    }

    [Theory]
    [InlineData(false, false, "Enable-Link br0")]
    [InlineData(true, false, "Set-BridgePort p0 -State Forwarding")]
    [InlineData(true, true, "Wait until the spanning tree has settled, or look for a loop.")]
    public void A_port_that_does_not_forward_is_told_with_what_helps(bool isBridgeUp, bool hasSpanningTree, string expected)
    {
        MacvtapLink own = Healthy();
        SceneSwitch behind = Scenes.Bridge(true) with { State = BridgePortState.Disabled, IsBridgeUp = isBridgeUp, HasSpanningTree = hasSpanningTree };
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(own, Around(Scene(own, behind)), []));
        Assert.Equal((LinkAdviceTopic.SwitchPortState, expected), (advice.Topic, advice.Advice));
    }

    [Fact]
    public void Drops()
    {
        Assert.Equal([LinkAdviceTopic.FrameDrops], Topics(Healthy(r => r.Statistics = FakeLinks.Counters(10_000, 200)), Around()));
        Assert.Empty(Topics(Healthy(r => r.Statistics = FakeLinks.Counters(100_000, 200)), Around()));
        Assert.Empty(Topics(Healthy(r => r.Statistics = FakeLinks.Counters(10, 9)), Around()));
        FakeSurroundings around = Around();
        around.Lower = FakeLinks.Veth(change: r => r.Statistics = FakeLinks.Counters(1000, 500));
        Assert.Equal(LinkAdviceSeverity.Information, Assert.Single(LinkAdviser.Look(Healthy(), around, [])).Severity);
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(Healthy(r => r.Macvlan!.BroadcastQueueLengthUsed = 5), around, []));
        Assert.Equal((LinkAdviceTopic.BroadcastDrops, LinkAdviceSeverity.Warning), (advice.Topic, advice.Severity));
    }

    [Fact]
    public void Mtu()
    {
        FakeSurroundings around = Around();
        around.Lower = FakeLinks.Veth(change: r => r.Mtu = 9000);
        Assert.Equal([LinkAdviceTopic.MtuBelowLower], Topics(Healthy(), around));
        around = Around();
        around.Peer = FakeLinks.Veth("p0", 2, 1, r => r.Mtu = 1400);
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(Healthy(), around, []));
        Assert.Equal(LinkAdviceTopic.MtuAbovePeer, advice.Topic);
        Assert.Contains("-Mtu 1400", advice.Advice);
    }

    [Fact]
    public void Addresses_of_the_host()
    {
        MacvtapLink own = Healthy();
        FakeSurroundings around = Around();
        around.Addresses = [Address(own, [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 253)];
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(own, around, []));
        Assert.Equal(LinkAdviceTopic.HostAddress, advice.Topic);
        Assert.Contains("same link-local", advice.Observation);
        Assert.Equal([LinkAdviceTopic.HostAddressGeneration], Topics(Healthy(r => r.AddressGeneration = AddressGeneration.Eui64), Around()));
    }

    [Fact]
    public void Passthru_takes_the_hosts_unicast()
    {
        var own = (MacvlanLink)FakeLinks.Make("mv5", 5, "macvlan", r => r.Macvlan!.Mode = LinkMode.Passthru);
        FakeSurroundings around = Around();
        around.Addresses = [Address(around.Lower!, [10, 0, 0, 1], 0)];
        Assert.Equal([LinkAdviceTopic.PassthruHostAddress], Topics(own, around));
        around.Addresses = [Address(around.Lower!, [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 253)];
        Assert.Empty(Topics(own, around));
    }

    [Fact]
    public void Off_and_without_carrier()
    {
        Assert.Equal([LinkAdviceTopic.LinkDown], Topics(Healthy(FakeLinks.SwitchOff), Around()));
        FakeSurroundings around = Around();
        around.Lower = FakeLinks.Veth(change: FakeLinks.SwitchOff);
        Assert.Equal([LinkAdviceTopic.LowerDeviceDown], Topics(Healthy(r => r.Carrier = false), around));
        around = Around();
        around.Peer = FakeLinks.Veth("p0", 2, 1, FakeLinks.SwitchOff);
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(Healthy(r => r.Carrier = false), around, []));
        Assert.Equal(LinkAdviceTopic.NoCarrier, advice.Topic);
        Assert.Equal("Enable-Link p0", advice.Advice);
        Assert.Equal([LinkAdviceTopic.NoCarrier], Topics(FakeLinks.Veth(change: r => r.Carrier = false), around));
        around.Lower = FakeLinks.Make("t0", 1, "tun", r =>
        {
            r.Tun = new TunFacts { Type = (byte)TapMode.Tap };
            r.Carrier = false;
        });
        advice = Assert.Single(LinkAdviser.Look(Healthy(r => r.Carrier = false), around, []));
        Assert.Equal("t0 has a carrier only while a program has it open: start that program, or hold it open: Open-TapDevice t0", advice.Advice);
        Assert.Empty(Topics(FakeLinks.Make("lo", 1, "dummy", FakeLinks.SwitchOff), Around()));
    }

    [Theory]
    [InlineData(TapDeviceState.Missing, LinkAdviceSeverity.Warning)]
    [InlineData(TapDeviceState.Shadowed, LinkAdviceSeverity.Error)]
    [InlineData(TapDeviceState.NotADevice, LinkAdviceSeverity.Error)]
    public void A_node_that_is_not_its_own(TapDeviceState state, LinkAdviceSeverity severity)
    {
        FakeSurroundings around = Around();
        around.Tap = Device(state, "rw-------", 1);
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(Healthy(), around, []));
        Assert.Equal((LinkAdviceTopic.TapNode, severity), (advice.Topic, advice.Severity));
        Assert.Contains("Repair-TapDevice", advice.Advice);
    }

    [Fact]
    public void Who_has_the_tap_device_open_and_who_may()
    {
        FakeSurroundings around = Around();
        around.Tap = Device(TapDeviceState.Ready, "rw----rw-", 1);
        Assert.Equal([LinkAdviceTopic.WorldAccess], Topics(Healthy(), around));
        around.Tap = Device(TapDeviceState.Ready, "rw-rw----", 0);
        Assert.Equal([LinkAdviceTopic.NoHolder], Topics(Healthy(), around));
        around.SeesEveryHolder = false;
        Assert.Contains("can be seen from here", Assert.Single(LinkAdviser.Look(Healthy(), around, [])).Observation);
        around.Tap = Device(TapDeviceState.Ready, "rw-rw----", 2);
        Assert.Equal([LinkAdviceTopic.SeveralHolders], Topics(Healthy(), around));
    }

    [Fact]
    public void The_same_address_elsewhere()
    {
        MacvtapLink own = Healthy();
        FakeSurroundings around = Around();
        around.Namespaces = [new NamespaceView(null, [own], []), new NamespaceView("web", [FakeLinks.Macvlan(r => r.Address = OwnAddress)], [])];
        LinkAdvice advice = Assert.Single(LinkAdviser.Look(own, around, []));
        Assert.Equal(LinkAdviceTopic.DuplicateMacAddress, advice.Topic);
        Assert.Contains("mv30 in network namespace web", advice.Observation);
        around.Namespaces = [new NamespaceView(null, [own], [])];
        Assert.Empty(Topics(own, around));
    }

    [Fact]
    public void What_a_link_itself_tells()
    {
        Assert.Equal([LinkAdviceTopic.SourceWithoutAddress], Topics(Healthy(r => r.Macvlan!.Mode = LinkMode.Source), Around()));
        Assert.Equal([LinkAdviceTopic.TransmitQueueZero], Topics(Healthy(r => r.TransmitQueueLength = 0), Around()));
        Assert.Equal([LinkAdviceTopic.TransmitQueueTooLong], Topics(Healthy(r => r.TransmitQueueLength = (uint)TransmitRing.Longest + 1), Around()));
        Assert.Empty(Topics(Healthy(r => r.TransmitQueueLength = (uint)TransmitRing.Longest), Around()));
        Link port = FakeLinks.Make("mv5", 5, "macvlan", r => r.Port = new BridgePortFacts(), master: "br0");
        Assert.Equal([LinkAdviceTopic.MacvlanInBridge], Topics(port, Around()));
    }

    private static MacvtapLink Healthy(Action<LinkRecord>? change = null) => FakeLinks.Tap(r =>
    {
        r.Flags |= AllMulticast;
        change?.Invoke(r);
    });

    private static FakeSurroundings Around(ForwardingScene? scene = null) => new() { Scene = scene, Tap = Device(TapDeviceState.Ready, "rw-------", 1) };

    private static IEnumerable<LinkAdviceTopic> Topics(Link link, FakeSurroundings around) => LinkAdviser.Look(link, around, []).Select(a => a.Topic);

    private static ForwardingScene Scene(MacvlanLink own, SceneSwitch behind) => Scenes.Of(
        behind,
        new SceneLink { Name = own.Name, InterfaceIndex = own.InterfaceIndex, Mode = own.Mode, Address = MacNumber.Of(own.MacAddress) },
        new SceneLink { Name = "other", InterfaceIndex = 40, Mode = LinkMode.Bridge, Address = Scenes.FirstAddress });

    private static TapDevice Device(TapDeviceState state, string permission, int holders) =>
        new TapDevice("mvt20", 20, new DeviceNumber(246, 1)) { State = state, Permission = permission }.With([.. Enumerable.Range(1, holders).Select(i => new TapHolder(i, "qemu", 1))]);

    private static LinkAddress Address(Link link, byte[] bytes, byte scope) =>
        new(link, new AddressRecord { Index = link.InterfaceIndex, Family = (byte)(bytes.Length == 4 ? 2 : 10), Local = bytes, Address = bytes, PrefixLength = 24, Scope = scope });
}
