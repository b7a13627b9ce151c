using System.Reflection;
using MacvtapTools.Tests.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Statistics;

public sealed class LinkStatisticsDeltaTests
{
    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_difference_of_every_counter()
    {
        var delta = LinkStatisticsDelta.Between(Snapshot(Noon, i => (ulong)i), Snapshot(Noon.AddSeconds(2), i => (ulong)(i * 3)));
        Assert.Equal(LinkCounters.Names.Select((_, i) => (ulong?)(2 * i)), delta.Values.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(2), delta.Interval);
        Assert.Empty(delta.Restarted);
    }

    [Fact]
    public void A_counter_that_went_back_is_null_and_named()
    {
        var delta = LinkStatisticsDelta.Between(Snapshot(Noon, _ => 10), Snapshot(Noon.AddSeconds(1), i => i == 2 ? 9ul : 30ul));
        Assert.Null(delta.ReceivedBytes);
        Assert.Equal([nameof(LinkCounters.ReceivedBytes)], delta.Restarted);
        var rate = new LinkRate(delta);
        Assert.Null(rate.ReceivedBitsPerSecond);
        Assert.Equal((20.0, 160L), (rate.ReceivedPacketsPerSecond, rate.SentBitsPerSecond));
    }

    [Fact]
    public void Counters_near_the_end_of_64_bits_do_not_overflow()
    {
        var delta = LinkStatisticsDelta.Between(Snapshot(Noon, _ => 0), Snapshot(Noon.AddSeconds(1), _ => ulong.MaxValue));
        Assert.Equal(ulong.MaxValue, delta.SentBytes);
        Assert.Equal(long.MaxValue, new LinkRate(delta).SentBitsPerSecond);
    }

    [Fact]
    public void A_clock_that_was_set_back_gives_no_negative_interval_and_no_rate()
    {
        var delta = LinkStatisticsDelta.Between(Snapshot(Noon, _ => 0), Snapshot(Noon.AddHours(-1), _ => 5));
        Assert.Equal(TimeSpan.Zero, delta.Interval);
        Assert.Null(new LinkRate(delta).SentPacketsPerSecond);
    }

    [Fact]
    public void A_counter_that_an_old_snapshot_lacks_is_null_and_did_not_restart()
    {
        var delta = LinkStatisticsDelta.Between(Snapshot(Noon, i => i == 0 ? null : 1), Snapshot(Noon, _ => 1));
        Assert.Null(delta.ReceivedPackets);
        Assert.Empty(delta.Restarted);
    }

    [Theory]
    [InlineData("eth0", "veth", "02:00:00:00:00:01", true)]
    [InlineData("renamed", "veth", "02:00:00:00:00:01", true)]
    [InlineData("eth0", "veth", "02:00:00:00:00:02", true)]
    [InlineData("renamed", "veth", "02:00:00:00:00:02", false)]
    [InlineData("eth0", "dummy", "02:00:00:00:00:01", false)]
    [InlineData("eth0", "veth", null, true, null)]
    [InlineData("renamed", "veth", null, false, null)]
    public void The_same_link_is_known_by_its_index_and_its_name_or_address(string name, string kind, string? address, bool isSame, string? earlierAddress = "02:00:00:00:00:01")
    {
        var before = new LinkStatisticsSnapshot("eth0", 7, null, "veth", earlierAddress, Noon, new ulong?[25]);
        Assert.Equal(isSame, new LinkStatisticsSnapshot(name, 7, null, kind, address, Noon, new ulong?[25]).IsSameLink(before));
        Assert.False(new LinkStatisticsSnapshot(name, 8, null, kind, address, Noon, new ulong?[25]).IsSameLink(before));
    }

    /// <summary>The names say how many counters there are, each property has one, and they stand in the order of the kernel's structure.</summary>
    [Fact]
    public void Every_counter_has_a_property_in_the_headers_order()
    {
        PropertyInfo[] properties = typeof(LinkCounters).GetProperties();
        Assert.Equal(LinkCounters.Names, properties.Select(p => p.Name));
        LinkStatisticsSnapshot snapshot = Snapshot(Noon, i => (ulong)i);
        Assert.Equal(LinkCounters.Names.Select((_, i) => (ulong?)i), properties.Select(p => (ulong?)p.GetValue(snapshot)));
        if (HeaderProgram.Obstacle() is { } obstacle) Assert.Skip(obstacle);
        string[] fields =
        [
            "rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_errors", "tx_errors", "rx_dropped", "tx_dropped", "multicast", "collisions", "rx_length_errors", "rx_over_errors", "rx_crc_errors",
            "rx_frame_errors", "rx_fifo_errors", "rx_missed_errors", "tx_aborted_errors", "tx_carrier_errors", "tx_fifo_errors", "tx_heartbeat_errors", "tx_window_errors", "rx_compressed", "tx_compressed", "rx_nohandler", "rx_otherhost_dropped",
        ];
        Dictionary<string, long> offsets = HeaderProgram.Evaluate([.. fields.Select(f => $"offsetof(struct rtnl_link_stats64, {f})")], out List<string> lacking);
        Assert.Equal(fields.Length, properties.Length);
        Assert.True(lacking.Count <= 2, "Only the last two counters are new.");
        for (int i = 0; i < fields.Length - lacking.Count; i++) Assert.Equal((fields[i], i * 8L), (fields[i], offsets[$"offsetof(struct rtnl_link_stats64, {fields[i]})"]));
    }

    private static LinkStatisticsSnapshot Snapshot(DateTime time, Func<int, ulong?> value) =>
        new("eth0", 7, null, "veth", "02:00:00:00:00:01", time, [.. LinkCounters.Names.Select((_, i) => value(i))]);
}
