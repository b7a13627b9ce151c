using MacvtapTools.Events;
using MacvtapTools.Failures;
using MacvtapTools.Tests.Links;
using Xunit;

namespace MacvtapTools.Tests.Events;

/// <summary>The state stays true, whatever is lost, late or silent.</summary>
public sealed class LinkObserverTests
{
    private readonly List<LinkEvent> _events = [];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(40)]
    [InlineData(7)]
    [InlineData(1)]
    public void The_events_of_any_history_lead_to_the_true_state(int capacity)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var kernel = new AnnouncingKernel(random, capacity);
            int warnings = 0;
            _events.Clear();
            LinkObserver observer = Observe(kernel, () => warnings++, out LinkTracker tracker);
            kernel.Meanwhile = () => Steps(kernel, random.Next(4));
            for (int round = 0; round < 60; round++)
            {
                Steps(kernel, random.Next(20));
                if (random.Next(8) == 0) observer.Refresh();
                if (random.Next(3) == 0) Settle(observer);
                else Await(observer);
            }

            // The kernel rests: one more list, for what it never announced.
            kernel.Meanwhile = () => { };
            Settle(observer);
            observer.Refresh();
            Settle(observer);
            Assert.False(observer.IsBehind);
            Dictionary<int, Link> truth = Truth(kernel);
            AssertSame(truth, tracker.Links, seed);
            AssertSame(truth, Replay(_events), seed);
            if (kernel.Lost == 0) Assert.Equal(0, warnings);
        }
    }

    [Fact]
    public void Announcements_before_the_first_list_are_part_of_it()
    {
        var kernel = new AnnouncingKernel(new Random(1));
        kernel.Links[1] = new FakeLink { Index = 1, Name = "lo" };
        int calls = 0;
        kernel.Meanwhile = () =>
        {
            if (++calls > 2) return;
            kernel.Links[1].Mtu++;
            kernel.Announce(Announcement.Of(kernel.Links[1]));
        };
        LinkObserver observer = Observe(kernel, () => { }, out _);
        Settle(observer);
        Assert.True(observer.IsStarted);
        LinkEvent only = Assert.Single(_events);
        Assert.Equal((LinkEventKind.Added, 1502), (only.Event, only.Link!.Mtu));
    }

    [Fact]
    public void A_start_in_the_midst_of_endless_changes_does_not_wait_for_their_end()
    {
        var kernel = new AnnouncingKernel(new Random(1));
        kernel.Links[1] = new FakeLink { Index = 1, Name = "lo" };
        kernel.Meanwhile = () =>
        {
            kernel.Links[1].Mtu++;
            kernel.Announce(Announcement.Of(kernel.Links[1]));
        };
        LinkObserver observer = Observe(kernel, () => { }, out LinkTracker tracker);
        Settle(observer);
        Assert.True(observer.IsStarted);
        Assert.Equal((int)kernel.Links[1].Mtu, tracker.Links[1].Mtu);
    }

    [Fact]
    public void A_loss_gives_one_warning_and_what_was_lost_as_resync()
    {
        var kernel = new AnnouncingKernel(new Random(1), capacity: 2);
        kernel.Links[1] = new FakeLink { Index = 1, Name = "lo" };
        kernel.Links[2] = new FakeLink { Index = 2, Name = "mvt0", Kind = "macvtap", Lower = 1 };
        int warnings = 0;
        LinkObserver observer = Observe(kernel, () => warnings++, out LinkTracker tracker);
        Settle(observer);
        _events.Clear();
        for (int i = 1; i <= 10; i++)
        {
            kernel.Links[1].Mtu = 1500u + (uint)i;
            kernel.Announce(Announcement.Of(kernel.Links[1]));
        }

        kernel.Links.Remove(2);
        kernel.Announce([]);
        Settle(observer);
        Assert.Equal((1, 1), (warnings, kernel.Enlarged));
        Assert.Equal(
            ["lo Changed: Mtu False", "lo Changed: Mtu False", "mvt0 Removed True", "lo Changed: Mtu True"],
            _events.Select(e => $"{e} {e.Resync}"));
        Assert.Equal(1510, tracker.Links[1].Mtu);
        Assert.False(observer.IsBehind);
    }

    [Fact]
    public void A_silent_change_is_found_by_the_next_list()
    {
        var kernel = new AnnouncingKernel(new Random(1));
        kernel.Links[1] = new FakeLink { Index = 1, Name = "mvt0", Kind = "macvtap" };
        LinkObserver observer = Observe(kernel, () => { }, out _);
        Settle(observer);
        _events.Clear();
        kernel.Links[1].Mode = LinkMode.Bridge;
        Settle(observer);
        Assert.Empty(_events);
        observer.Refresh();
        Settle(observer);
        LinkEvent found = Assert.Single(_events);
        Assert.Equal(("mvt0 Changed: Mode", true), (found.ToString(), found.Resync));
    }

    [Fact]
    public void A_list_that_fails_is_reported_once_and_asked_for_again()
    {
        var kernel = new AnnouncingKernel(new Random(1));
        int failures = 0;
        bool fails = false;
        var tracker = new LinkTracker(null, _events.Add);
        var observer = new LinkObserver(kernel, () => fails ? throw new MacvtapException(FailureId.NetlinkTimeout, "late") : kernel.List(), tracker) { Failed = _ => failures++ };
        Settle(observer);
        fails = true;
        for (int i = 0; i < 3; i++)
        {
            observer.Refresh();
            Settle(observer);
        }

        Assert.True(observer.IsBehind);
        Assert.Equal(1, failures);
        fails = false;
        observer.Refresh();
        Settle(observer);
        Assert.False(observer.IsBehind);
    }

    [Fact]
    public void A_malformed_datagram_counts_as_a_loss()
    {
        var kernel = new AnnouncingKernel(new Random(1));
        int warnings = 0;
        LinkObserver observer = Observe(kernel, () => warnings++, out _);
        Settle(observer);
        kernel.Announce([1, 2, 3]);
        Settle(observer);
        Assert.Equal(1, warnings);
        Assert.False(observer.IsBehind);
    }

    private LinkObserver Observe(AnnouncingKernel kernel, Action lost, out LinkTracker tracker)
    {
        tracker = new LinkTracker(null, _events.Add);
        return new LinkObserver(kernel, kernel.List, tracker) { Lost = lost };
    }

    private static void Steps(AnnouncingKernel kernel, int count)
    {
        for (int i = 0; i < count; i++) kernel.Step();
    }

    /// <summary>Until nothing is left to do. The kernel of these tests has one thread: while a list is read, nothing else runs.</summary>
    private static void Settle(LinkObserver observer)
    {
        while (Await(observer))
        {
        }
    }

    /// <summary>One round, and the end of the list that it may have asked for.</summary>
    private static bool Await(LinkObserver observer)
    {
        bool more = observer.Process();
        if (observer.Listing is not { } listing) return more;
        listing.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        return true;
    }

    private static Dictionary<int, Link> Replay(IEnumerable<LinkEvent> events)
    {
        Dictionary<int, Link> links = [];
        foreach (LinkEvent one in events)
        {
            // Each event begins where the one before ended.
            bool isKnown = links.TryGetValue(one.InterfaceIndex, out _);
            Assert.Equal(one.Previous is not null, isKnown);
            if (one.Link is null) links.Remove(one.InterfaceIndex);
            else links[one.InterfaceIndex] = one.Link;
        }

        return links;
    }

    private static Dictionary<int, Link> Truth(AnnouncingKernel kernel) => kernel.List().Links.ToDictionary(l => l.InterfaceIndex);

    private static void AssertSame(IReadOnlyDictionary<int, Link> expected, IReadOnlyDictionary<int, Link> actual, int seed)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (Link link in expected.Values)
        {
            Link other = actual[link.InterfaceIndex];
            List<string> differences = [.. LinkComparison.Links(link, other), .. LinkComparison.Ports(link, other)];
            if (link.Kind != other.Kind || link.Record.Port is null != other.Record.Port is null) differences.Add("Kind or Port");
            Assert.True(differences.Count == 0, $"seed {seed}: {link.Name} differs in {string.Join(", ", differences)}");
        }
    }
}
