using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Frames;
using MacvtapTools.Links;
using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Capture;

/// <summary>Packet sockets on real links.</summary>
public sealed class PacketSourceTests
{
    private const string Head = "020000000002 020000000001 ";

    [Fact]
    public void Both_directions_with_the_kernels_time_and_the_links_name()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        using FrameBench bench = FrameBench.Watch(space, "v0");
        using PacketSocket near = PacketSocket.Open(space, "v0");
        using PacketSocket far = PacketSocket.Open(space, "v1");
        long before = FrameBuilder.Now;
        far.Send(FrameText.Parse(Head + "88b5 0001"));
        EthernetFrame received = bench.Next()!;
        near.Send(FrameText.Parse(Head + "88b5 0002"));
        EthernetFrame sent = bench.Next()!;

        Assert.Equal((FrameDirection.In, FrameDirection.Out), (received.Direction, sent.Direction));
        Assert.Equal(("v0", space, 1), (received.LinkName, received.NetworkNamespace, (int)received.Payload[1]));
        Assert.InRange(received.UnixTimeNanoseconds, before - 1_000_000, FrameBuilder.Now + 1_000_000);
        Assert.InRange(sent.UnixTimeNanoseconds, received.UnixTimeNanoseconds, FrameBuilder.Now + 1_000_000);
    }

    [Theory]
    [InlineData("8100 6007")]
    [InlineData("88a8 0064")]
    [InlineData("88a8 0064 8100 0007")]
    public void Tags_that_the_kernel_takes_out_are_back_in_their_place(string tags)
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        using FrameBench bench = FrameBench.Watch(space, "v0");
        using PacketSocket far = PacketSocket.Open(space, "v1");
        byte[] frame = FrameText.Parse($"{Head} {tags} 88b5 deadbeef");
        far.Send(frame);
        EthernetFrame seen = bench.Next()!;
        Assert.Equal(frame, seen.Bytes);
        Assert.Equal(frame.Length, seen.OriginalLength);
    }

    [Fact]
    public void It_takes_nothing_away_from_a_guest()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        Lab.AddMacvtap(space, "mvt0", "v0", Lab.NewIndex());
        using LinkSession session = LinkSession.Open(space);
        using TapEndpoint guest = TapEndpoint.Open(Locate(session, "mvt0"));
        using FrameBench bench = FrameBench.Watch(space, "mvt0");
        using PacketSocket far = PacketSocket.Open(space, "v1");
        byte[] buffer = new byte[2000];
        for (int i = 0; i < 50; i++)
        {
            byte[] frame = [.. Convert.FromHexString("FFFFFFFFFFFF"), .. Convert.FromHexString("020000000001"), 0x88, 0xb5, (byte)i];
            far.Send(frame);
            Assert.Equal(frame, bench.Next()!.Bytes);
            int length;
            do Assert.True(guest.TryReceive(buffer, TimeSpan.FromSeconds(10), out length));
            while (buffer[12] != 0x88);
            Assert.Equal(frame, buffer[..length]);
        }
    }

    [Fact]
    public void What_the_ring_has_no_room_for_is_counted()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        using FrameBench bench = FrameBench.Watch(space, "v0", size: 0);
        using PacketSocket far = PacketSocket.Open(space, "v1");
        const int Count = 3000;
        byte[] frame = [.. FrameText.Parse(Head + "88b5"), .. new byte[1400]];
        for (int i = 0; i < Count; i++) far.Send(frame);
        int seen = 0;
        while (bench.Next(milliseconds: 500) is not null) seen++;
        Assert.InRange(seen, 100, Count - 1);
        Assert.Equal(Count - seen, (int)bench.Source.DroppedCount);
    }

    [Fact]
    public void A_stop_ends_the_wait_at_once()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        using CancellationTokenSource stop = new();
        using FrameBench bench = FrameBench.Watch(space, "v0", new FrameFilter(types: [0x88b6]), stop: stop.Token);
        stop.CancelAfter(100);
        long started = Stopwatch.GetTimestamp();
        Assert.Throws<OperationCanceledException>(() => bench.Next(0x88b6));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.05, 5);
    }

    [Fact]
    public void A_link_that_is_switched_off_is_told_and_goes_on_when_it_is_back()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        using FrameBench bench = FrameBench.Watch(space, "v0");
        Lab.Ip(space, "link set v0 down");
        bench.Until(() => bench.Changes.Count == 1);
        Lab.Ip(space, "link set v0 up");
        bench.Until(() => bench.Changes.Count == 2);
        Assert.Equal([LinkCondition.Down, LinkCondition.Up], bench.Changes);
        Lab.AwaitUp(space, "v0");
        using PacketSocket far = PacketSocket.Open(space, "v1");
        far.Send(FrameText.Parse(Head + "88b5 0001"));
        Assert.NotNull(bench.Next());
        Assert.Null(bench.Failure);
    }

    [Theory]
    [InlineData("link del v0")]
    [InlineData("link set v0 netns {other}")]
    public void A_link_that_goes_away_is_told(string command)
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        string other = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        using FrameBench bench = FrameBench.Watch(space, "v0");
        Lab.Ip(space, command.Replace("{other}", other, StringComparison.Ordinal));
        Assert.Null(bench.Next());
        Assert.Equal(FailureId.LinkNotFound, bench.Failure?.Id);
    }

    [Fact]
    public void Promiscuous_while_it_is_watched_and_not_longer()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        int Promiscuity() => Lab.IpJson(space, "link show dev v0")[0].GetProperty("promiscuity").GetInt32();
        using (FrameBench.Watch(space, "v0", isPromiscuous: true)) Assert.Equal(1, Promiscuity());
        Assert.Equal(0, Promiscuity());
    }

    [Fact]
    public void A_link_without_Ethernet_frames_is_refused()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        if (!File.Exists("/dev/net/tun")) Assert.Skip("There is no /dev/net/tun here, so no tun link can be made.");
        Lab.Ip(space, "tuntap add tun0 mode tun");
        using LinkSession session = LinkSession.Open(space);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => PacketSource.Open(session, session.Reader.Find("tun0")!, 0, false)).Id);
    }

    internal static TapDevice Locate(LinkSession session, string name)
    {
        Link link = session.Reader.Find(name)!;
        return new TapDeviceLocator().Locate(session, link);
    }
}
