using MacvtapTools.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>What holds in every scene. Each failure names its seed.</summary>
public sealed class ModelPropertyTests
{
    private const int SceneCount = 3000;
    private static readonly TrafficKind[] Kinds = [TrafficKind.Unicast, TrafficKind.Broadcast, TrafficKind.Multicast];

    [Fact]
    public void A_relay_loses_no_frame() => InEveryScene((seed, scene) =>
    {
        if (scene.Switch.Behaviour != SwitchBehaviour.Plain) return;
        ForwardingModel before = Scenes.Model(scene);
        ForwardingModel after = Scenes.Model(scene with { Switch = scene.Switch with { Behaviour = SwitchBehaviour.ReflectiveRelay } });
        ForEachPair(scene, (from, to, kind) =>
        {
            if (before.Decide(from, to, kind).Reachable == Reachability.Delivered)
                Assert.True(after.Decide(from, to, kind).Reachable == Reachability.Delivered, $"seed {seed}, {from} to {to}, {kind}");
        });
    });

    [Fact]
    public void A_link_that_is_off_neither_sends_nor_receives() => InEveryScene((seed, scene) => ForEachPair(scene, (from, to, kind) =>
    {
        if (IsOff(scene, from) || IsOff(scene, to)) Assert.True(Scenes.Model(scene).Decide(from, to, kind).Reachable == Reachability.NotDelivered, $"seed {seed}, {from} to {to}, {kind}");
    }));

    [Fact]
    public void Two_bridge_links_that_are_on_always_reach_each_other() => InEveryScene((seed, scene) =>
    {
        if (!scene.Lower.IsUp || !scene.Lower.HasCarrier || scene.Links.Any(l => l.Flags != ModeFlag.None || l.Guard != SceneGuard.None)) return;
        ForwardingModel model = Scenes.Model(scene);
        ForEachPair(scene, (from, to, kind) =>
        {
            if (kind != TrafficKind.Multicast && IsOnBridge(scene, from) && IsOnBridge(scene, to))
                Assert.True(model.Decide(from, to, kind) == Verdict.Yes(ForwardingRule.BridgeDirect), $"seed {seed}, {from} to {to}, {kind}");
        });
    });

    [Fact]
    public void Without_a_carrier_of_the_lower_device_nothing_arrives_anywhere() => InEveryScene((seed, scene) =>
    {
        ForwardingModel model = Scenes.Model(scene with { Lower = scene.Lower with { HasCarrier = false } });
        ForEachPair(scene, (from, to, kind) => Assert.True(model.Decide(from, to, kind).Reachable == Reachability.NotDelivered, $"seed {seed}, {from} to {to}, {kind}"));
    });

    [Fact]
    public void Unicast_between_links_that_are_not_in_source_or_passthru_mode_goes_both_ways_or_none() => InEveryScene((seed, scene) =>
    {
        if (scene.Links.Any(l => l.Flags != ModeFlag.None || !l.HasCarrier || l.Guard != SceneGuard.None)) return;
        ForwardingModel model = Scenes.Model(scene);
        ForEachPair(scene, (from, to, _) =>
        {
            if (!HasPlainMode(scene, from) || !HasPlainMode(scene, to)) return;
            Assert.True(model.Decide(from, to, TrafficKind.Unicast).Reachable == model.Decide(to, from, TrafficKind.Unicast).Reachable, $"seed {seed}, {from} and {to}");
        });
    });

    [Fact]
    public void More_groups_lose_no_multicast() => InEveryScene((seed, scene) =>
    {
        ForwardingModel before = Scenes.Model(scene);
        ForwardingModel after = Scenes.Model(scene with { Links = [.. scene.Links.Select(l => l with { TakesEveryGroup = true })] });
        ForEachPair(scene, (from, to, _) =>
        {
            if (before.Decide(from, to, TrafficKind.Multicast).Reachable == Reachability.Delivered)
                Assert.True(after.Decide(from, to, TrafficKind.Multicast).Reachable == Reachability.Delivered, $"seed {seed}, {from} to {to}");
            Assert.True(after.Decide(from, to, TrafficKind.Multicast).Rule != ForwardingRule.GroupNotJoined, $"seed {seed}, {from} to {to}");
        });
    });

    [Fact]
    public void Every_verdict_has_words_and_what_arrives_needs_no_remedy() => InEveryScene((seed, scene) =>
    {
        ForwardingModel model = Scenes.Model(scene);
        ForEachPair(scene, (from, to, kind) =>
        {
            var statement = new LinkReachability(model, from, to, kind);
            Assert.False(string.IsNullOrWhiteSpace(statement.Reason));
            Assert.DoesNotContain("  ", statement.Reason, StringComparison.Ordinal);
            if (statement.Reachable == Reachability.Delivered) Assert.True(statement.Remedy is null, $"seed {seed}");
        });
    });

    private static bool IsOff(ForwardingScene scene, int endpoint) => endpoint < scene.Links.Count && !scene.Links[endpoint].IsUp;

    private static bool IsOnBridge(ForwardingScene scene, int endpoint) => endpoint < scene.Links.Count && scene.Links[endpoint] is { Mode: LinkMode.Bridge, IsUp: true, HasCarrier: true };

    private static bool HasPlainMode(ForwardingScene scene, int endpoint) => endpoint < scene.Links.Count && scene.Links[endpoint].Mode is LinkMode.Private or LinkMode.Vepa or LinkMode.Bridge;

    private static void InEveryScene(Action<int, ForwardingScene> check)
    {
        for (int seed = 0; seed < SceneCount; seed++) check(seed, new SceneGenerator(seed).Next());
    }

    private static void ForEachPair(ForwardingScene scene, Action<int, int, TrafficKind> check)
    {
        for (int from = 0; from < scene.EndpointCount; from++)
        {
            for (int to = 0; to < scene.EndpointCount; to++)
            {
                if (from == to) continue;
                foreach (TrafficKind kind in Kinds) check(from, to, kind);
            }
        }
    }
}
