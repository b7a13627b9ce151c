using MacvtapTools.Forwarding;
using MacvtapTools.Tests.Forwarding;
using MacvtapTools.Topology;
using Xunit;

namespace MacvtapTools.Tests.Topology;

public sealed class ReachSummaryTests
{
    private static readonly LinkMode[] Modes = [LinkMode.Bridge, LinkMode.Vepa, LinkMode.Private];

    private static IEnumerable<SceneLink> Many(int count) => Scenes.Links(Enumerable.Range(0, count).Select(i => Modes[i % Modes.Length]));

    [Fact]
    public void Few_links_stay_apart()
    {
        ReachSummary summary = ReachSummary.Of(Scenes.Model(Scenes.Of(Scenes.Bridge(false), Many(3))), TrafficKind.Unicast);
        Assert.Equal(["m0", "m1", "m2", "Host (eth0)", "Outside"], summary.Entries.Select(e => e.Label));
        Assert.Equal(ReachCell.NotDelivered, summary[1, 2]);
        Assert.Equal(ReachCell.Delivered, summary[0, 4]);
        Assert.Equal(ReachCell.None, summary[2, 2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_links_are_put_together_and_what_is_said_is_true_of_each_pair(bool hairpin)
    {
        ForwardingModel model = Scenes.Model(Scenes.Of(Scenes.Bridge(hairpin), Many(60)));
        foreach (TrafficKind kind in new[] { TrafficKind.Unicast, TrafficKind.Broadcast })
        {
            ReachSummary summary = ReachSummary.Of(model, kind);
            Assert.Equal(5, summary.Entries.Count);
            Assert.Equal(62, summary.Entries.Sum(e => e.Members.Count));
            int[] entryOf = [.. Enumerable.Range(0, 62).Select(i => summary.Entries.ToList().FindIndex(e => e.Members.Contains(model.Scene.NameOf(i))))];
            for (int from = 0; from < 62; from++)
            {
                for (int to = 0; to < 62; to++)
                {
                    if (from != to) Assert.Equal(model.Decide(from, to, kind).Reachable.ToString(), summary[entryOf[from], entryOf[to]].ToString());
                }
            }
        }
    }

    [Fact]
    public void A_link_that_others_treat_differently_is_an_entry_of_its_own()
    {
        SceneLink[] links = [.. Scenes.Links(Enumerable.Repeat(LinkMode.Bridge, 20))];
        links[19] = links[19] with { Mode = LinkMode.Source, Sources = [links[4].Address] };
        ReachSummary summary = ReachSummary.Of(Scenes.Model(Scenes.Of(Scenes.Bridge(true), links)), TrafficKind.Unicast);
        Assert.Contains(summary.Entries, e => e.Members is ["m4"]);
        Assert.DoesNotContain(summary.Entries, e => e.Members.Count > 1 && e.Members.Contains("m19"));
    }
}
