using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>What the kernel acknowledged, compared with what it has.</summary>
public sealed class ReadBackTests
{
    [Fact]
    public void A_passthru_link_ignores_the_address_and_that_is_told()
    {
        using LinkBench bench = new();
        ChangeResult<Link> result = bench.CreateLoosely(w => w with { Mode = LinkMode.Passthru, MacAddress = "52:54:00:12:34:56" });
        ReadBackDifference difference = Assert.Single(result.Differences);
        Assert.Equal(nameof(Link.MacAddress), difference.Property);
        Assert.Equal("52:54:00:12:34:56", difference.Wanted);
        Assert.Equal(bench.Lower.MacAddress, difference.Actual);
        Assert.Contains("lower device", difference.ToString());
        Assert.Equal(bench.Lower.MacAddress, result.Link.MacAddress);
    }

    [Fact]
    public void The_broadcast_cutoff_is_one_for_all_links_of_a_lower_device()
    {
        using LinkBench bench = new();
        Assert.Equal(1, bench.Create(w => w with { Name = "plain" }).BroadcastCutoff);
        Assert.Equal(5, bench.Create(w => w with { Name = "first", BroadcastCutoff = 5 }).BroadcastCutoff);
        Assert.Equal(7, bench.Create(w => w with { Name = "second", BroadcastCutoff = 7 }).BroadcastCutoff);
        Assert.Equal(7, ((MacvlanLink)bench["first"]).BroadcastCutoff);
        Assert.Equal(7, ((MacvlanLink)bench["plain"]).BroadcastCutoff);
        Assert.Equal(-1, bench.Create(w => w with { Name = "third", BroadcastCutoff = -1 }).BroadcastCutoff);
        Assert.Equal(1, bench.Create(w => w with { Name = "fourth", BroadcastCutoff = 1 }).BroadcastCutoff);
    }

    [Fact]
    public void The_longest_wish_for_a_broadcast_queue_counts_for_all()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Name = "short", BroadcastQueueLength = 10 });
        bench.Create(w => w with { Name = "long", BroadcastQueueLength = 5000 });
        Assert.Equal(10, ((MacvlanLink)bench["short"]).BroadcastQueueLength);
        Assert.Equal(5000, ((MacvlanLink)bench["short"]).BroadcastQueueLengthUsed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Everything_at_once_is_there(bool isTap)
    {
        using LinkBench bench = new();
        int index = Lab.NewIndex();
        string[] sources = ["02:00:00:00:00:01", "02:00:00:00:00:02"];
        MacvlanLink link = bench.Create(w => w with
        {
            IsTap = isTap,
            Name = "everything",
            Mode = LinkMode.Source,
            Flag = ModeFlag.NoDestination,
            MacAddress = "5254.0012.3456",
            Mtu = 1400,
            TransmitQueueLength = 321,
            InterfaceIndex = index,
            QueueCount = 4,
            BroadcastQueueLength = 777,
            BroadcastCutoff = 9,
            SourceAddress = sources,
            Alias = "all of it",
            AddressGeneration = AddressGeneration.Random,
            Up = true,
        });

        foreach (MacvlanLink seen in new[] { link, (MacvlanLink)bench["everything"] })
        {
            Assert.Equal(isTap, seen is MacvtapLink);
            Assert.Equal(LinkMode.Source, seen.Mode);
            Assert.Equal(ModeFlag.NoDestination, seen.ModeFlag);
            Assert.Equal("52:54:00:12:34:56", seen.MacAddress);
            Assert.Equal(1400, seen.Mtu);
            Assert.Equal(321, seen.TransmitQueueLength);
            Assert.Equal(index, seen.InterfaceIndex);
            Assert.Equal(4, seen.QueueCount);
            Assert.Equal(777, seen.BroadcastQueueLength);
            Assert.Equal(9, seen.BroadcastCutoff);
            Assert.Equal(sources, seen.SourceAddress.Order());
            Assert.Equal("all of it", seen.Alias);
            Assert.Equal(AddressGeneration.Random, seen.AddressGeneration);
            Assert.Equal(AdministrativeStatus.Up, seen.AdministrativeStatus);
            Assert.Equal("p0", seen.LowerDevice);
            Assert.Equal(bench.Namespace, seen.NetworkNamespace);
        }
    }

    [Fact]
    public void A_source_address_that_is_spelled_in_two_ways_is_one()
    {
        using LinkBench bench = new();
        Assert.Single(bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:0a", "02-00-00-00-00-0A", "02000000000A"] }).SourceAddress);
    }
}
