using MacvtapTools.Composition;
using MacvtapTools.Forwarding;
using MacvtapTools.Protection;
using MacvtapTools.Tests.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Composition;

/// <summary>What is said of guests that will not reach the host's link: only of those, and all of them.</summary>
public sealed class HostLinkReachTests
{
    private const int Own = 0;

    [Fact]
    public void Without_a_relay_all_that_are_in_another_mode_are_named() => Assert.Equal(
        ["m1 (mode Vepa), m2 (mode Private) will not reach m0 without a reflective relay: only links in mode Bridge do. Set-LinkMode m1, m2 Bridge"],
        Say(SceneSwitch.Unknown, Links(LinkMode.Vepa, LinkMode.Private, LinkMode.Bridge)));

    [Fact]
    public void A_command_is_for_one_network_namespace()
    {
        SceneLink[] links = [.. Links(LinkMode.Vepa, LinkMode.Vepa)];
        links[2] = links[2] with { NetworkNamespace = "guests", IsUp = false };
        Assert.EndsWith("do. Set-LinkMode m1 Bridge; Set-LinkMode m2 Bridge -NetworkNamespace guests", Assert.Single(Say(Scenes.Bridge(false), links)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_relay_is_there_nothing_is_said_of_vepa_and_of_private_that_its_broadcasts_do_not_come()
    {
        Assert.Empty(Say(Scenes.Bridge(true), Links(LinkMode.Vepa, LinkMode.Bridge)));
        string warning = Assert.Single(Say(Scenes.Bridge(true), Links(LinkMode.Vepa, LinkMode.Private)));
        Assert.StartsWith("m2 (mode Private) will not reach m0 by broadcasts, such as ARP: private keeps its broadcasts", warning, StringComparison.Ordinal);
        Assert.EndsWith("Set-LinkMode m2 Vepa", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_that_returns_nothing_is_told_with_its_reason() => Assert.Equal(
        "m1 (mode Vepa) will not reach m0: port p0 of br0 is isolated: it returns nothing, hairpin or not, and reaches no other isolated port. Set-BridgePort p0 -Isolated $false",
        Assert.Single(Say(Scenes.Bridge(true) with { Settings = new PortSettings { IsIsolated = true } }, Links(LinkMode.Vepa))));

    [Fact]
    public void A_guest_in_bridge_mode_that_may_not_send_is_told_too()
    {
        SceneLink[] links = [.. Links(LinkMode.Bridge)];
        links[1] = links[1] with { Guard = new SceneGuard { Rules = new ProtectionRules { Isolate = true, Siblings = [links[Own].Address] } } };
        Assert.EndsWith("is dropped there. Unprotect-Link m1", Assert.Single(Say(Scenes.Bridge(true), links)), StringComparison.Ordinal);
    }

    private static IEnumerable<SceneLink> Links(params LinkMode[] guests) => Scenes.Links([LinkMode.Bridge, .. guests]);

    private static string[] Say(SceneSwitch behind, IEnumerable<SceneLink> links) => [.. HostLinkReach.Warnings(Scenes.Of(behind, links), Own)];
}
