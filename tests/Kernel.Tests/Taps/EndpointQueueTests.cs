using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>Endpoints with several queues. Alone: it counts the descriptors of the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class EndpointQueueTests
{
    private const int Flows = 64;
    private const int FramesPerFlow = 3;
    private const int Queues = 4;

    [Fact]
    public void Queues_share_the_frames_by_flow()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint from = bench.Open("mvt0");
        TapEndpoint to = bench.Open("mvt1", new TapEndpointOptions { QueueCount = Queues });
        Assert.Equal(Queues, to.QueueCount);
        Assert.Equal(Queues, to.DescriptorNumber.Distinct().Count());
        for (int frame = 0; frame < FramesPerFlow; frame++)
        {
            for (int flow = 0; flow < Flows; flow++) from.Send(IPFrames.Udp(to.MacAddress, from.MacAddress, (ushort)(1000 + flow)));
        }

        int[] queueOfFlow = new int[Flows];
        int[] perQueue = new int[Queues];
        byte[] buffer = new byte[2000];
        foreach (TapQueue queue in to.Queue)
        {
            while (queue.TryReceive(buffer, TimeSpan.Zero, out int length))
            {
                if (IPFrames.UdpPort(buffer.AsSpan(0, length)) is not { } port) continue;
                perQueue[queue.Index]++;
                int flow = port - 1000;
                Assert.True(queueOfFlow[flow] == 0 || queueOfFlow[flow] == queue.Index + 1, $"The flow {flow} came by two queues.");
                queueOfFlow[flow] = queue.Index + 1;
            }
        }

        Assert.Equal(Flows * FramesPerFlow, perQueue.Sum());
        Assert.All(perQueue, count => Assert.NotEqual(0, count));
    }

    [Fact]
    public void The_endpoint_takes_the_frames_of_all_its_queues()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint from = bench.Open("mvt0");
        TapEndpoint to = bench.Open("mvt1", new TapEndpointOptions { QueueCount = Queues });
        for (int flow = 0; flow < Flows; flow++) from.Send(IPFrames.Udp(to.MacAddress, from.MacAddress, (ushort)(1000 + flow)));
        HashSet<int> ports = [];
        while (ports.Count < Flows && EndpointBench.Next(to, (frame, _) => IPFrames.UdpPort(frame) is not null) is { } found)
            ports.Add(IPFrames.UdpPort(found)!.Value);
        Assert.Equal(Flows, ports.Count);
    }

    [Fact]
    public void A_failure_on_the_way_to_the_257th_queue_closes_those_that_were_opened()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        TapEndpoint first = bench.Open("mvt0", new TapEndpointOptions { QueueCount = 200 });
        int before = Descriptors();
        MacvtapException failure = Assert.Throws<MacvtapException>(() => bench.Open("mvt0", new TapEndpointOptions { QueueCount = 57 }));
        Assert.Equal(FailureId.LinkBusy, failure.Id);
        Assert.InRange(Descriptors(), 0, before + 2); // the runtime may open one or two of its own
        TapEndpoint second = bench.Open("mvt0", new TapEndpointOptions { QueueCount = 56 });
        Assert.Equal(FailureId.LinkBusy, Assert.Throws<MacvtapException>(() => bench.Open("mvt0")).Id);
        second.Dispose();
        first.Dispose();
        Assert.Equal(TapEndpoint.MaximumQueueCount, bench.Open("mvt0", new TapEndpointOptions { QueueCount = TapEndpoint.MaximumQueueCount }).QueueCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void There_are_no_fewer_than_1_and_no_more_than_256(int count)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => bench.Open("mvt0", new TapEndpointOptions { QueueCount = count })).Id);
    }

    [Fact]
    public void Each_descriptor_is_non_blocking_and_closed_on_exec()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        TapEndpoint endpoint = bench.Open("mvt0", new TapEndpointOptions { QueueCount = 2 });
        Assert.All(endpoint.DescriptorNumber, number =>
        {
            string flags = File.ReadLines($"/proc/self/fdinfo/{number}").Single(l => l.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim();
            int value = Convert.ToInt32(flags, 8);
            Assert.Equal(0x800, value & 0x800); // O_NONBLOCK
            Assert.Equal(0x80000, value & 0x80000); // O_CLOEXEC
        });
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
