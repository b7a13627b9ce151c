using System.Text.Json;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Statistics;

public sealed class LinkStatisticsTests
{
    private const int Frames = 1000;
    private const int FrameLength = 200;

    [Fact]
    public void A_known_number_of_frames_is_counted_exactly()
    {
        using Lab lab = new();
        string name = QuietPair(lab);
        using LinkSession session = LinkSession.Open(name);
        LinkStatisticsSnapshot before = Read(session, "a0");
        LinkStatisticsSnapshot beforeFar = Read(session, "b0");

        Send(name, "a0");

        var sent = LinkStatisticsDelta.Between(before, Read(session, "a0"));
        Assert.Equal(((ulong)Frames, (ulong)(Frames * FrameLength), 0ul), (sent.SentPackets, sent.SentBytes, sent.ReceivedPackets));
        Assert.Empty(sent.Restarted);
        Assert.InRange(sent.Interval, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        var received = LinkStatisticsDelta.Between(beforeFar, Read(session, "b0"));
        Assert.Equal(((ulong)Frames, (ulong)(Frames * FrameLength)), (received.ReceivedPackets, received.ReceivedBytes));
        var rate = new LinkRate(sent);
        Assert.Equal(Math.Round(Frames / sent.Interval.TotalSeconds, 1), rate.SentPacketsPerSecond);
        Assert.Equal((long)Math.Round(Frames * FrameLength * 8.0 / sent.Interval.TotalSeconds), rate.SentBitsPerSecond);
        Assert.Equal(0, rate.ReceivedBitsPerSecond);
    }

    [Fact]
    public void Every_counter_is_that_of_ip()
    {
        using Lab lab = new();
        string name = QuietPair(lab);
        using LinkSession session = LinkSession.Open(name);
        Send(name, "a0");
        JsonElement theirs = Lab.IpJson(name, "-s -s link show dev a0")[0].GetProperty("stats64");
        LinkStatisticsSnapshot ours = Read(session, "a0");
        JsonElement rx = theirs.GetProperty("rx");
        JsonElement tx = theirs.GetProperty("tx");
        (JsonElement Side, string Name, ulong? Value)[] pairs =
        [
            (rx, "bytes", ours.ReceivedBytes), (rx, "packets", ours.ReceivedPackets), (rx, "errors", ours.ReceiveErrors), (rx, "dropped", ours.ReceiveDropped),
            (rx, "multicast", ours.Multicast), (rx, "length_errors", ours.ReceiveLengthErrors), (rx, "crc_errors", ours.ReceiveCrcErrors), (rx, "frame_errors", ours.ReceiveFrameErrors),
            (rx, "fifo_errors", ours.ReceiveFifoErrors), (rx, "missed_errors", ours.ReceiveMissed), (tx, "bytes", ours.SentBytes), (tx, "packets", ours.SentPackets),
            (tx, "errors", ours.SendErrors), (tx, "dropped", ours.SendDropped), (tx, "collisions", ours.Collisions), (tx, "aborted_errors", ours.SendAborted),
            (tx, "fifo_errors", ours.SendFifoErrors), (tx, "window_errors", ours.SendWindowErrors), (tx, "heartbeat_errors", ours.SendHeartbeatErrors),
        ];
        Assert.All(pairs.Where(p => p.Side.TryGetProperty(p.Name, out _)), p => Assert.Equal((p.Name, p.Side.GetProperty(p.Name).GetUInt64()), (p.Name, p.Value)));
        Assert.NotEqual(0ul, ours.SentPackets);
    }

    [Fact]
    public void A_link_that_was_made_anew_is_not_taken_for_the_old_one_and_never_gives_negative_counts()
    {
        using Lab lab = new();
        string name = QuietPair(lab);
        using LinkSession session = LinkSession.Open(name);
        Send(name, "a0");
        LinkStatisticsSnapshot before = Read(session, "a0");
        Lab.Ip(name, "link del a0");
        Lab.Ip(name, $"link add c0 index {before.InterfaceIndex} type veth peer name d0");
        Assert.False(Read(session, "c0").IsSameLink(before));

        Lab.Ip(name, "link del c0");
        Lab.Ip(name, $"link add a0 index {before.InterfaceIndex} type veth peer name b0");
        LinkStatisticsSnapshot again = Read(session, "a0");
        Assert.True(again.IsSameLink(before)); // name, kind and index: it cannot be told, but the counters went back
        var delta = LinkStatisticsDelta.Between(before, again);
        Assert.Null(delta.SentPackets);
        Assert.Contains(nameof(LinkCounters.SentPackets), delta.Restarted);
        Assert.Null(new LinkRate(delta).SentBitsPerSecond);
    }

    /// <summary>A veth pair on which nothing is sent but by the test.</summary>
    private static string QuietPair(Lab lab)
    {
        string name = lab.NewNamespace();
        Programs.Run("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
        Lab.AddVeth(name, "a0", "b0");
        Lab.Ip(name, "link set a0 multicast off");
        Lab.Ip(name, "link set b0 multicast off");
        return name;
    }

    private static void Send(string name, string link)
    {
        using PacketSocket socket = PacketSocket.Open(name, link);
        byte[] frame = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0, 0, 1, 0x88, 0xB5, .. new byte[FrameLength - 14]];
        for (int i = 0; i < Frames; i++) socket.Send(frame);
    }

    private static LinkStatisticsSnapshot Read(LinkSession session, string link) => new(session.Reader.Find(link)!);
}
