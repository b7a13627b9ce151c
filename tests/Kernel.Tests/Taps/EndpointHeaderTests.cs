using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>The vnet header, and frames that are still to be divided.</summary>
public sealed class EndpointHeaderTests
{
    private const TapOffload Tcp = TapOffload.Checksum | TapOffload.Tso4;
    private const int LongFrame = 65000;
    private const int Segment = 1448;
    private const int LargestWhole = 1514;

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    public void A_vnet_header_is_before_each_frame_that_is_sent_and_received(int size)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        var options = new TapEndpointOptions { VnetHeader = true, VnetHeaderSize = size };
        TapEndpoint from = bench.Open("mvt0", options);
        TapEndpoint to = bench.Open("mvt1", options);
        Assert.Equal(size, to.HeaderLength);
        byte[] frame = TestFrames.Make(to.MacAddress, from.MacAddress, 7);
        from.Send([.. new byte[size], .. frame]);
        byte[] received = EndpointBench.Next(to, 7)!;
        Assert.Equal(size + frame.Length, received.Length);
        Assert.Equal(frame, received[size..]);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => from.Send(new byte[size + TapEndpoint.ShortestFrame - 1])).Id);
        // A header that promises more than the frame has.
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => from.Send([0, 1, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[60]])).Id);
    }

    [Fact]
    public void Its_size_can_be_changed_on_all_queues()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint from = bench.Open("mvt0");
        TapEndpoint to = bench.Open("mvt1", new TapEndpointOptions { VnetHeader = true, QueueCount = 3 });
        Assert.Equal(10, to.VnetHeaderSize);
        to.VnetHeaderSize = 12;
        Assert.Equal(12, to.VnetHeaderSize);
        byte[] frame = TestFrames.Make(to.MacAddress, from.MacAddress, 7);
        from.Send(frame);
        Assert.Equal(12 + frame.Length, EndpointBench.Next(to, 7)!.Length);
        Assert.Equal(FailureId.VnetHeaderSizeInvalid, Assert.Throws<MacvtapException>(() => to.VnetHeaderSize = 11).Id);
        Assert.Equal(12, to.VnetHeaderSize);
        Assert.Equal(0, from.VnetHeaderSize);
        Assert.Equal(FailureId.VnetHeaderSizeInvalid, Assert.Throws<MacvtapException>(() => from.VnetHeaderSize = 12).Id);
    }

    [Fact]
    public void A_reader_that_takes_over_the_division_gets_the_frame_whole_and_one_that_does_not_gets_its_parts()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint from = bench.Open("mvt0", new TapEndpointOptions { VnetHeader = true });
        TapEndpoint to = bench.Open("mvt1", new TapEndpointOptions { VnetHeader = true, Offload = Tcp });
        byte[] frame = IPFrames.TcpToDivide(to.MacAddress, from.MacAddress, LongFrame, Segment, from.HeaderLength);

        from.Send(frame);
        byte[] whole = EndpointBench.Next(to, (f, h) => IPFrames.IsTcp(f.AsSpan(h)))!;
        Assert.Equal(frame.Length, whole.Length);
        Assert.Equal(1, whole[1]); // VIRTIO_NET_HDR_GSO_TCPV4
        Assert.Equal(Segment, BitConverter.ToUInt16(whole, 4));

        to.Offload = TapOffload.None;
        from.Send(frame);
        int headers = IPFrames.EthernetLength + IPFrames.IPLength + IPFrames.TcpLength;
        int payload = 0;
        while (payload < LongFrame - headers && EndpointBench.Next(to, (f, h) => IPFrames.IsTcp(f.AsSpan(h))) is { } part)
        {
            Assert.InRange(part.Length - to.HeaderLength, headers + 1, LargestWhole);
            Assert.Equal(0, part[1]);
            payload += part.Length - to.HeaderLength - headers;
        }

        Assert.Equal(LongFrame - headers, payload);
    }

    [Fact]
    public void A_reader_without_a_vnet_header_gets_the_parts()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint from = bench.Open("mvt0", new TapEndpointOptions { VnetHeader = true });
        TapEndpoint to = bench.Open("mvt1");
        from.Send(IPFrames.TcpToDivide(to.MacAddress, from.MacAddress, LongFrame, Segment, from.HeaderLength));
        Assert.InRange(EndpointBench.Next(to, (f, _) => IPFrames.IsTcp(f))!.Length, 60, LargestWhole);
    }

    public static TheoryData<FailureId, TapEndpointOptions> Misuses => new()
    {
        { FailureId.VnetHeaderSizeInvalid, new TapEndpointOptions { VnetHeader = true, VnetHeaderSize = 9 } },
        { FailureId.VnetHeaderSizeInvalid, new TapEndpointOptions { VnetHeader = true, VnetHeaderSize = 11 } },
        { FailureId.VnetHeaderSizeInvalid, new TapEndpointOptions { VnetHeaderSize = 12 } },
        { FailureId.ParameterInvalid, new TapEndpointOptions { Offload = TapOffload.Checksum } },
        { FailureId.ParameterInvalid, new TapEndpointOptions { VnetHeader = true, Offload = TapOffload.Tso4 } },
        { FailureId.ParameterInvalid, new TapEndpointOptions { VnetHeader = true, Offload = TapOffload.Checksum | TapOffload.TsoEcn } },
        { FailureId.ParameterInvalid, new TapEndpointOptions { VnetHeader = true, Offload = TapOffload.Checksum | (TapOffload)0x1000 } },
        { FailureId.TapQueueModeMismatch, new TapEndpointOptions { PacketInformation = true } },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void What_cannot_be_is_refused_by_name(FailureId id, TapEndpointOptions options)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        Assert.Equal(id, Assert.Throws<MacvtapException>(() => bench.Open("mvt0", options)).Id);
    }
}
