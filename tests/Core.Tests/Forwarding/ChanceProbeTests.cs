using MacvtapTools.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>A group that shares a place in the filter, and a filter that does not work.</summary>
public sealed class ChanceProbeTests
{
    private static readonly ForwardingScene _scene = Scenes.Of(Scenes.Bridge(hairpin: false), Scenes.Links(LinkMode.Vepa));

    [Theory]
    [InlineData("it alone passes", true, 0, true)]
    [InlineData("one of the others passes too", true, 1, true)]
    [InlineData("all pass: the filter is open", true, 3, false)]
    [InlineData("it does not pass a second time", false, 0, false)]
    public void The_others_tell(string what, bool passesAgain, int othersThatPass, bool isByChance)
    {
        var model = Scenes.Model(_scene);
        SceneFrame frame = model.Frame(_scene.Outside, 0, TrafficKind.Multicast);
        Assert.Equal(ForwardingRule.GroupNotJoined, model.Decide(frame, 0).Rule);
        int others = 0;
        bool[] found = ChanceProbe.Check(frames => [.. frames.Select(f => new[] { f.Destination == frame.Destination ? passesAgain : others++ < othersThatPass, false, false })], _scene, [(frame, 0)]);
        Assert.True(found is [bool only] && only == isByChance, what);
        Assert.Equal(3, others);
    }

    [Fact]
    public void A_group_that_was_joined_is_no_witness()
    {
        var asked = new List<ulong>();
        Check(_scene);
        ulong[] usual = [.. asked.Skip(1)];
        Assert.DoesNotContain(usual, MacNumber.IsReserved);
        asked.Clear();
        Check(_scene with { Links = [_scene.Links[0] with { Groups = usual.Take(2).ToHashSet() }] });
        Assert.Equal(3, asked.Skip(1).Distinct().Count());
        Assert.Equal([usual[2]], asked.Skip(1).Intersect(usual));

        void Check(ForwardingScene scene) => ChanceProbe.Check(
            frames =>
            {
                asked.AddRange(frames.Select(f => f.Destination));
                return [.. frames.Select(_ => new bool[3])];
            },
            scene,
            [(Scenes.Model(scene).Frame(scene.Outside, 0, TrafficKind.Multicast), 0)]);
    }

    [Fact]
    public void Nothing_passed_nothing_is_sent() => Assert.Empty(ChanceProbe.Check(_ => throw new InvalidOperationException("It was sent."), _scene, []));

    [Theory]
    [InlineData(null, null)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void What_passes_by_chance_is_within_the_rules(bool? isByChance, bool? differs)
    {
        var found = new LinkReachability(Scenes.Model(_scene), _scene.Outside, 0, TrafficKind.Multicast, isByChance is { } chance ? new Measurement(Reachability.Delivered, chance) : null);
        Assert.Equal(Reachability.NotDelivered, found.Reachable);
        Assert.Equal(isByChance, found.IsByChance);
        Assert.Equal(differs, found.Differs);
        Assert.Equal(isByChance == true, found.Reason.EndsWith("1 of 256 other groups pass); this one does", StringComparison.Ordinal));
    }
}
