using MacvtapTools.Forwarding;
using MacvtapTools.Protection;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>What filters on a link do to who reaches whom, in words and with what would change it.</summary>
public sealed class GuardTests
{
    private const int A = 0;
    private const int B = 1;
    private const int Host = 2;
    private const int Outside = 3;
    private const ulong AddressOfA = Scenes.FirstAddress;
    private const ulong AddressOfB = Scenes.FirstAddress + 1;

    private static readonly ProtectionRules FromB = new() { Isolate = true, Siblings = [AddressOfB] };

    [Theory]
    [InlineData(B, A, TrafficKind.Unicast, "m0 is isolated (Protect-Link -Isolate): what comes from m1 is dropped there")]
    [InlineData(B, A, TrafficKind.Broadcast, "m0 is isolated (Protect-Link -Isolate): what comes from m1 is dropped there")]
    [InlineData(A, B, TrafficKind.Unicast, "m0 is isolated (Protect-Link -Isolate): what it sends to m1 is dropped there")]
    public void An_isolated_link_gets_nothing_of_its_siblings_and_speaks_to_none(int from, int to, TrafficKind kind, string reason)
    {
        LinkReachability statement = Ask(new SceneGuard { Rules = FromB }, from, to, kind);
        Assert.Equal((Reachability.NotDelivered, ForwardingRule.Protected, reason, "Unprotect-Link m0"), (statement.Reachable, statement.Rule, statement.Reason, statement.Remedy));
    }

    [Theory]
    [InlineData(Host, A, TrafficKind.Unicast)]
    [InlineData(A, Host, TrafficKind.Unicast)]
    [InlineData(Outside, A, TrafficKind.Broadcast)]
    [InlineData(A, Outside, TrafficKind.Unicast)]
    [InlineData(A, B, TrafficKind.Broadcast)]
    public void Host_and_outside_are_no_siblings_and_a_broadcast_is_for_all(int from, int to, TrafficKind kind) =>
        Assert.Equal(Reachability.Delivered, Ask(new SceneGuard { Rules = FromB }, from, to, kind).Reachable);

    [Fact]
    public void A_link_whose_own_address_is_not_let_through_sends_nothing_at_all()
    {
        var guard = new SceneGuard { Rules = FromB with { Sources = [0x0200_0000_0099], BlockDhcpServer = true } };
        LinkReachability statement = Ask(guard, A, Outside, TrafficKind.Broadcast);
        Assert.Equal(ForwardingRule.Protected, statement.Rule);
        Assert.Equal("m0 may send only from the addresses of its protection (Protect-Link -AllowSourceAddress), and its own is not among them", statement.Reason);
        Assert.Equal("Protect-Link m0 -AllowSourceAddress 02:00:00:00:00:01, 02:00:00:00:00:99 -Isolate -BlockDhcpServer", statement.Remedy);
        Assert.Equal(["1 m0 Drop"], PathModel.Trace(Scenes.Model(Scene(guard)), A, Outside, TrafficKind.Broadcast).Select(h => $"{h.Hop} {h.Link} {h.Event}"));
    }

    [Fact]
    public void The_other_rules_of_a_protection_stay_in_the_remedy() =>
        Assert.Equal("Protect-Link m0 -BlockDhcpServer -BlockRouterAdvertisement -AllowArpFor 10.0.0.5", Ask(new SceneGuard
        {
            Rules = FromB with { BlockDhcpServer = true, BlockRouterAdvertisement = true, ArpAddresses = [0x0a00_0005] },
        }, B, A, TrafficKind.Unicast).Remedy);

    [Fact]
    public void What_filters_of_others_do_is_not_said()
    {
        LinkReachability statement = Ask(new SceneGuard { HasUnknownReceiving = true }, B, A, TrafficKind.Unicast);
        Assert.Equal((Reachability.Depends, ForwardingRule.Protected, (string?)null), (statement.Reachable, statement.Rule, statement.Remedy));
        Assert.Equal("filters of other programs are on m0 (tc filter show dev m0 ingress): they can drop it, and they are not looked at here", statement.Reason);
        Assert.Equal(Reachability.Delivered, Ask(new SceneGuard { HasUnknownReceiving = true }, A, B, TrafficKind.Unicast).Reachable);
        Assert.Equal(Reachability.Depends, Ask(new SceneGuard { HasUnknownSending = true }, A, B, TrafficKind.Unicast).Reachable);
    }

    [Fact]
    public void A_drop_is_certain_unless_a_filter_of_others_comes_first()
    {
        var guard = new SceneGuard { Rules = FromB, HasUnknownReceiving = true };
        Assert.Equal(Reachability.NotDelivered, Ask(guard, B, A, TrafficKind.Unicast).Reachable);
        Assert.Equal(Reachability.Depends, Ask(guard with { IsPreceded = true }, B, A, TrafficKind.Unicast).Reachable);
    }

    [Fact]
    public void Two_bridge_links_that_hand_over_inside_the_kernel_are_kept_apart_too() =>
        Assert.Equal(ForwardingRule.Protected, Ask(new SceneGuard { Rules = FromB }, B, A, TrafficKind.Unicast, LinkMode.Bridge).Rule);

    private static LinkReachability Ask(SceneGuard guard, int from, int to, TrafficKind kind, LinkMode mode = LinkMode.Vepa) => new(Scenes.Model(Scene(guard, mode)), from, to, kind);

    private static ForwardingScene Scene(SceneGuard guard, LinkMode mode = LinkMode.Vepa)
    {
        SceneLink[] links = [.. Scenes.Links(mode, mode)];
        Assert.Equal(AddressOfA, links[A].Address);
        return Scenes.Of(Scenes.Bridge(hairpin: true), links[A] with { Guard = guard }, links[B]);
    }
}
