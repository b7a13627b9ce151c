using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

public sealed class BulkRemovalTests
{
    [Fact]
    public void Of_many_links_the_named_ones_go_and_nothing_else_changes()
    {
        using LinkBench bench = new();
        List<Link> named = [.. MakeMany(bench, "x", 1000)];
        MakeMany(bench, "xx", 20);
        MakeMany(bench, "y", 20);
        bench.Ip("link set xx3 group 77");
        bench.Ip("link set y4 group 4711");
        bench.Ip($"link set dev {named[5].Name} group 77");
        named[5] = bench[named[5].Name];
        Dictionary<string, int> before = Groups(bench);

        IReadOnlyList<RemovalOutcome> outcomes = bench.Session.Remover.Remove(named);

        Assert.Equal(named, outcomes.Select(o => o.Link));
        Assert.All(outcomes, o => Assert.Null(o.Failure));
        foreach (Link link in named) before.Remove(link.Name);
        Assert.Equal(before.OrderBy(g => g.Key), Groups(bench).OrderBy(g => g.Key));
        Assert.Equal(77, before["xx3"]);
    }

    [Fact]
    public void A_stranger_that_has_a_removed_links_index_stays()
    {
        using LinkBench bench = new();
        Link first = bench.Create(w => w with { Name = "first" });
        Link second = bench.Create(w => w with { Name = "second" });
        bench.Ip("link delete first");
        bench.Ip($"link add link p0 name stranger index {first.InterfaceIndex} group 12 type macvtap");

        RemovalOutcome[] outcomes = [.. bench.Session.Remover.Remove([first, second])];

        Assert.Equal(Errno.ENODEV, outcomes[0].Failure?.Errno);
        Assert.Equal(FailureId.LinkNotFound, ChangeCauses.ExplainRemoval(outcomes[0].Failure!, first).Id);
        Assert.Null(outcomes[1].Failure);
        Assert.Equal(12, bench["stranger"].Group);
        Assert.Null(bench.Session.Reader.Find("second"));
    }

    [Fact]
    public void Also_when_only_one_link_is_named()
    {
        using LinkBench bench = new();
        Link first = bench.Create(w => w with { Name = "first" });
        bench.Ip("link delete first");
        bench.Ip($"link add link p0 name stranger index {first.InterfaceIndex} type macvtap");

        Assert.Equal(Errno.ENODEV, Assert.Single(bench.Session.Remover.Remove([first])).Failure?.Errno);
        Assert.Equal(first.InterfaceIndex, bench["stranger"].InterfaceIndex);
    }

    [Fact]
    public void A_link_of_the_same_name_and_index_but_another_kind_stays()
    {
        using LinkBench bench = new();
        Link first = bench.Create(w => w with { Name = "first" });
        Link second = bench.Create(w => w with { Name = "second" });
        bench.Ip("link delete first");
        bench.Ip($"link add name first index {first.InterfaceIndex} type bridge");

        RemovalOutcome[] outcomes = [.. bench.Session.Remover.Remove([first, second])];
        Assert.Equal(Errno.ENODEV, outcomes[0].Failure?.Errno);
        Assert.Equal("bridge", bench["first"].Kind);
    }

    [Fact]
    public void The_loopback_is_refused_and_the_others_go()
    {
        using LinkBench bench = new();
        Link[] links = [bench.Create(w => w with { Name = "a" }), bench["lo"], bench.Create(w => w with { Name = "b" })];

        RemovalOutcome[] outcomes = [.. bench.Session.Remover.Remove(links)];

        Assert.Null(outcomes[0].Failure);
        Assert.Null(outcomes[2].Failure);
        MacvtapException failure = ChangeCauses.ExplainRemoval(outcomes[1].Failure!, links[1]);
        Assert.Equal(FailureId.LinkBusy, failure.Id);
        Assert.Contains("loopback", failure.Message);
        Assert.NotEmpty(failure.Advice!);
        Assert.Equal(["lo", "p0", "p1"], Remaining(bench));
        Assert.Equal(0, bench["lo"].Group);
        Assert.NotNull(Assert.Single(bench.Session.Remover.Remove([bench["lo"]])).Failure);
    }

    [Fact]
    public void A_veth_pair_may_be_named_by_both_ends()
    {
        using LinkBench bench = new();
        Lab.AddVeth(bench.Namespace, "v0", "v1");
        Assert.All(bench.Session.Remover.Remove([bench["v0"], bench["v1"]]), o => Assert.Null(o.Failure));
        Assert.Equal(["lo", "p0", "p1"], Remaining(bench));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lower_device_may_be_named_with_its_links(bool lowerFirst)
    {
        using LinkBench bench = new();
        Link[] children = [.. MakeMany(bench, "m", 5)];
        Link[] links = lowerFirst ? [bench["p0"], .. children] : [.. children, bench["p0"]];
        Assert.All(bench.Session.Remover.Remove(links), o => Assert.Null(o.Failure));
        Assert.Equal(["lo"], Remaining(bench));
    }

    [Fact]
    public void A_link_that_is_named_twice_goes_once()
    {
        using LinkBench bench = new();
        Link link = bench.Create();
        Assert.All(bench.Session.Remover.Remove([link, link]), o => Assert.Null(o.Failure));
        Assert.Equal(["lo", "p0", "p1"], Remaining(bench));
    }

    [Fact]
    public void Of_bridges_taps_and_macvtaps_together_all_go()
    {
        using LinkBench bench = new();
        bench.Ip("link add br0 up type bridge");
        bench.Ip("tuntap add t0 mode tap group 5");
        bench.Ip("link set p1 master br0");
        Link[] links = [bench["br0"], bench["t0"], bench.Create(w => w with { Up = true })];
        Assert.All(bench.Session.Remover.Remove(links), o => Assert.Null(o.Failure));
        Assert.Equal(["lo", "p0", "p1"], Remaining(bench));
    }

    [Fact]
    public void The_same_names_and_indexes_in_another_namespace_stay()
    {
        using LinkBench here = new();
        using LinkBench there = new();
        Link[] links = [.. MakeMany(here, "m", 10)];
        Link[] others = [.. MakeMany(there, "m", 10)];
        Assert.Equal(links.Select(l => (l.Name, l.InterfaceIndex)), others.Select(l => (l.Name, l.InterfaceIndex)));

        Assert.All(here.Session.Remover.Remove(links), o => Assert.Null(o.Failure));
        Assert.Equal(["lo", "p0", "p1"], Remaining(here));
        Assert.Equal(13, there.Session.Reader.List().Links.Count);
    }

    [Fact]
    public void Nothing_named_is_nothing_removed()
    {
        using LinkBench bench = new();
        bench.Create();
        Assert.Empty(bench.Session.Remover.Remove([]));
        Assert.Equal(["lo", "m0", "p0", "p1"], Remaining(bench));
    }

    private static IEnumerable<Link> MakeMany(LinkBench bench, string prefix, int count)
    {
        for (int i = 0; i < count; i++)
        {
            bench.Session.Creator.Create(
                new LinkSettings { Name = $"{prefix}{i}", LowerIndex = bench.Lower.InterfaceIndex },
                new MacvlanSettings(MacvlanSettings.Macvtap) { Mode = LinkMode.Bridge });
        }

        return bench.Session.Reader.List().Links.Where(l => l.Name[..prefix.Length] == prefix && int.TryParse(l.Name.AsSpan(prefix.Length), out _));
    }

    private static string[] Remaining(LinkBench bench) => [.. Groups(bench).Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, int> Groups(LinkBench bench) =>
        IpFacts.ReadAll(bench.Namespace).ToDictionary(l => l.GetProperty("ifname").GetString()!, l => int.Parse(l.GetProperty("group").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
}
