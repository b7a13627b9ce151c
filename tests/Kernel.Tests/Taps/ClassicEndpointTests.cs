using System.Buffers.Binary;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>Endpoints of classic tun and tap links.</summary>
public sealed class ClassicEndpointTests
{
    [Fact]
    public void Two_taps_on_a_bridge_exchange_frames()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab);
        AddTap(bench, "t0");
        AddTap(bench, "t1", "multi_queue");
        Lab.AddBridge(bench.Namespace, "br0", "t0", "t1");
        TapEndpoint first = bench.Open("t0");
        TapEndpoint second = bench.Open("t1", new TapEndpointOptions { QueueCount = 4 });
        Assert.Equal("/dev/net/tun", first.Path);
        Assert.Null(first.Device);
        // The bridge opens a port in the background when its carrier comes.
        for (long end = Environment.TickCount64 + 10_000; bench.Find("br0").Status != LinkStatus.Up && Environment.TickCount64 < end; Thread.Sleep(2))
        {
        }

        byte[] frame = TestFrames.Make("02:00:00:00:00:02", "02:00:00:00:00:01", 3);
        Assert.Equal(frame, EndpointBench.Ask(() => first.Send(frame), patience => EndpointBench.Next(second, 3, patience)));
        second.Queue[2].Send(TestFrames.Make("02:00:00:00:00:01", "02:00:00:00:00:02", 4));
        Assert.NotNull(EndpointBench.Next(first, 4));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_tun_carries_packets_after_its_headers(bool packetInformation, bool vnetHeader)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab);
        AddTap(bench, "t0", "", "tun");
        Lab.Ip(bench.Namespace, "address add 10.0.0.1/24 dev t0");
        TapEndpoint endpoint = bench.Open("t0", new TapEndpointOptions { PacketInformation = packetInformation, VnetHeader = vnetHeader });
        Assert.Equal(TapMode.Tun, endpoint.Mode);
        Assert.Equal(string.Empty, endpoint.MacAddress);
        byte[] header = new byte[endpoint.HeaderLength];
        if (packetInformation) BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), 0x0800);
        byte[] request = [.. header, .. IPFrames.EchoRequest(77)];
        byte[]? reply = EndpointBench.Ask(() => endpoint.Send(request), patience => EndpointBench.Next(endpoint, (p, h) => IPFrames.IsEchoReply(p.AsSpan(h), 77), patience));
        Assert.NotNull(reply);
        if (packetInformation) Assert.Equal(0x0800, BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(2)));
        Assert.Equal((packetInformation ? 4 : 0) + (vnetHeader ? 10 : 0), endpoint.HeaderLength);
    }

    [Fact]
    public void A_link_with_one_queue_is_busy_and_one_with_several_keeps_its_headers()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab);
        AddTap(bench, "t0");
        AddTap(bench, "t1", "multi_queue");
        TapEndpoint first = bench.Open("t0");
        Assert.Equal(FailureId.LinkBusy, Fails("t0", new TapEndpointOptions()));
        Assert.Equal(FailureId.TapQueueModeMismatch, Fails("t0", new TapEndpointOptions { QueueCount = 2 }));
        bench.Open("t1", new TapEndpointOptions { VnetHeader = true });
        Assert.Equal(FailureId.TapQueueModeMismatch, Fails("t1", new TapEndpointOptions()));
        bench.Open("t1", new TapEndpointOptions { VnetHeader = true, QueueCount = 255 });
        Assert.Equal(FailureId.LinkBusy, Fails("t1", new TapEndpointOptions { VnetHeader = true }));
        first.Dispose();

        // A program that another test is starting can have a copy of the descriptor until it is itself.
        Links.LinkBench.Eventually(() => Opens("t0"), "the queue is free again");

        bool Opens(string name)
        {
            try
            {
                return EndpointBench.Await(bench.Open(name), TapEndpointState.Open) == TapEndpointState.Open;
            }
            catch (MacvtapException busy) when (busy.Id == FailureId.LinkBusy)
            {
                return false;
            }
        }

        FailureId Fails(string name, TapEndpointOptions options) => Assert.Throws<MacvtapException>(() => bench.Open(name, options)).Id;
    }

    [Fact]
    public void What_the_last_user_took_over_is_not_left_to_a_reader_without_a_vnet_header()
    {
        const int LongFrame = 30_000, Segment = 1_000, LargestWhole = 1_514;
        using Lab lab = new();
        using EndpointBench bench = new(lab);
        AddTap(bench, "t0");
        AddTap(bench, "t1", "multi_queue");
        Lab.AddBridge(bench.Namespace, "br0", "t0", "t1");
        TapEndpoint from = bench.Open("t0", new TapEndpointOptions { VnetHeader = true });
        bench.Open("t1", new TapEndpointOptions { VnetHeader = true, Offload = TapOffload.Checksum | TapOffload.Tso4 }).Dispose();
        Links.LinkBench.Eventually(() => ((TapLink)bench.Find("t1")).Queues == 0, "the queue is closed");
        TapEndpoint to = bench.Open("t1");
        byte[] whole = IPFrames.TcpToDivide("02:00:00:00:00:02", "02:00:00:00:00:01", LongFrame, Segment, from.HeaderLength);
        byte[]? part = EndpointBench.Ask(() => from.Send(whole), patience => EndpointBench.Next(to, (f, _) => IPFrames.IsTcp(f), patience));
        Assert.InRange(part!.Length, 60, LargestWhole);
    }

    [Fact]
    public void A_link_that_is_gone_is_not_made_anew()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab);
        AddTap(bench, "t0");
        var stale = (TapLink)bench.Find("t0");
        Lab.Ip(bench.Namespace, "link delete t0");
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => TapEndpoint.Open(stale)).Id);
        AddTap(bench, "t0");
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => TapEndpoint.Open(stale)).Id);
    }

    [Fact]
    public void It_says_when_it_is_down_and_when_it_is_gone()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab);
        AddTap(bench, "t0");
        TapEndpoint endpoint = bench.Open("t0");
        byte[] frame = TestFrames.Make(TestFrames.Broadcast, "02:00:00:00:00:01", 1);
        endpoint.Send(frame);
        Lab.Ip(bench.Namespace, "link set t0 down");
        Assert.Equal(TapEndpointState.LinkDown, endpoint.State);
        Assert.Equal(FailureId.LinkDown, Assert.Throws<MacvtapException>(() => endpoint.Send(frame)).Id);

        // What the host said before that, such as its groups, still waits; nothing comes after it.
        while (endpoint.TryReceive(new byte[2000], TimeSpan.Zero, out _))
        {
        }

        Assert.False(endpoint.TryReceive(new byte[2000], TimeSpan.FromMilliseconds(60), out _));
        Lab.Ip(bench.Namespace, "link delete t0");
        Assert.Equal(TapEndpointState.Gone, endpoint.State);
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => endpoint.Send(frame)).Id);
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => endpoint.TryReceive(new byte[2000], TimeSpan.MaxValue, out _)).Id);
    }

    private static void AddTap(EndpointBench bench, string name, string options = "", string mode = "tap")
    {
        Requires.ClassicTaps();
        Lab.Ip(bench.Namespace, $"tuntap add {name} mode {mode} {options}");
        Lab.Ip(bench.Namespace, $"link set {name} up");
    }
}
