using MacvtapTools.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>Paths hop by hop, without a kernel.</summary>
public sealed class PathModelTests
{
    private const int SceneCount = 500;
    private static readonly TrafficKind[] Kinds = [TrafficKind.Unicast, TrafficKind.Broadcast, TrafficKind.Multicast];

    [Fact]
    public void A_path_ends_at_the_receiver_where_the_model_says_so_and_nowhere_else()
    {
        for (int seed = 0; seed < SceneCount; seed++)
        {
            ForwardingScene scene = new SceneGenerator(seed).Next();
            ForwardingModel model = Scenes.Model(scene);
            for (int from = 0; from < scene.EndpointCount; from++)
            {
                for (int to = 0; to < scene.EndpointCount; to++)
                {
                    if (from == to) continue;
                    foreach (TrafficKind kind in Kinds)
                    {
                        List<LinkPathHop> hops = PathModel.Trace(model, from, to, kind);
                        Verdict verdict = model.Decide(from, to, kind);
                        Assert.True(hops.Exists(h => h.IsDestination) == (verdict.Reachable == Reachability.Delivered), $"seed {seed}, {from} to {to}, {kind}: {verdict}\n{string.Join('\n', hops)}");
                        Assert.True(hops.Exists(h => h.Event is HopEvent.Drop or HopEvent.Unknown) == (verdict.Reachable != Reachability.Delivered), $"seed {seed}, {from} to {to}, {kind}");
                        Assert.Equal(Enumerable.Range(1, hops.Count), hops.Select(h => h.Hop));
                    }
                }
            }
        }
    }

    [Fact]
    public void Through_a_reflective_relay() => Assert.Equal(
        ["1 m0: Send", "2 eth0: Send", "3 p0: Forward", "4 p0: Return", "5 eth0: Receive", "6 m1: Receive"],
        Trace(true, LinkMode.Vepa, LinkMode.Private, TrafficKind.Unicast));

    [Fact]
    public void To_the_port_and_no_further_without_hairpin() => Assert.Equal(
        ["1 m0: Send", "2 eth0: Send", "3 p0: Receive", "4 p0: Drop"],
        Trace(false, LinkMode.Vepa, LinkMode.Bridge, TrafficKind.Unicast));

    [Fact]
    public void Between_bridge_links_inside_the_kernel() => Assert.Equal(
        ["1 m0: Send", "2 eth0: HandOver", "3 m1: Receive"],
        Trace(true, LinkMode.Bridge, LinkMode.Bridge, TrafficKind.Unicast));

    [Fact]
    public void A_broadcast_in_bridge_mode_is_copied_before_it_leaves() => Assert.Equal(
        ["1 m0: Send", "2 m1: Receive", "3 eth0: Send", "4 p0: Forward", "5 Outside: Receive"],
        Trace(false, LinkMode.Bridge, LinkMode.Bridge, TrafficKind.Broadcast));

    private static IEnumerable<string> Trace(bool hairpin, LinkMode a, LinkMode b, TrafficKind kind) =>
        PathModel.Trace(Scenes.Model(Scenes.Of(Scenes.Bridge(hairpin), Scenes.Links(a, b))), 0, 1, kind).Select(h => $"{h.Hop} {h.Link}: {h.Event}");
}
