using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>Endpoints in the long run. Alone: it counts what the whole process has.</summary>
[Collection(nameof(Alone))]
public sealed class EndpointSteadyTests
{
    private const int Rounds = 100;
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Frames_take_no_memory(int queues)
    {
        const int Count = 20_000;
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint from = bench.Open("mvt0");
        TapEndpoint to = bench.Open("mvt1", new TapEndpointOptions { QueueCount = queues });
        byte[] frame = TestFrames.Make(to.MacAddress, from.MacAddress, 1);
        byte[] buffer = new byte[2000];
        Exchange(from, to, frame, buffer, 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int received = Exchange(from, to, frame, buffer, Count);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(received, Count, int.MaxValue); // the kernel's own are counted too
    }

    [Fact]
    public void Twenty_four_endpoints_are_open_at_once()
    {
        const int Count = 24;
        using Lab lab = new();
        string[] names = [.. Enumerable.Range(0, Count).Select(i => $"mvt{i}")];
        using EndpointBench bench = new(lab, names);
        TapEndpoint[] endpoints = [.. names.Select(n => bench.Open(n))];
        for (int i = 0; i < Count; i++)
        {
            TapEndpoint from = endpoints[i];
            TapEndpoint to = endpoints[(i + 1) % Count];
            from.Send(TestFrames.Make(to.MacAddress, from.MacAddress, (byte)i));
        }

        for (int i = 0; i < Count; i++) Assert.NotNull(EndpointBench.Next(endpoints[(i + 1) % Count], (byte)i));
    }

    [Theory]
    [InlineData("mvt0")]
    [InlineData("t0")]
    public void Opening_and_closing_leaves_nothing(string name)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        Requires.ClassicTaps();
        Lab.Ip(bench.Namespace, "tuntap add t0 mode tap");
        for (int i = 0; i < 10; i++) bench.Open(name).Dispose();
        int descriptors = Descriptors();
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Rounds; i++) bench.Open(name).Dispose();
        Assert.InRange(Descriptors(), 0, descriptors + 2); // the runtime may open one or two of its own
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + Megabyte);
    }

    [Fact]
    public void What_is_forgotten_is_closed()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        TapDevice device = ((Func<TapDevice>)(() => bench.Open("mvt0").Device!))();
        int before = Descriptors();
        Forget(device);
        for (long end = Environment.TickCount64 + 10_000; Descriptors() > before + 2 && Environment.TickCount64 < end; Thread.Sleep(10))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Descriptors(), 0, before + 2);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(TapDevice device)
    {
        int before = Descriptors();
        for (int i = 0; i < 5; i++) TapEndpoint.Open(device);
        Assert.True(Descriptors() > before);
    }

    private static int Exchange(TapEndpoint from, TapEndpoint to, byte[] frame, byte[] buffer, int count)
    {
        int received = 0;
        for (int i = 0; i < count; i++)
        {
            from.Send(frame);
            while (to.TryReceive(buffer, TimeSpan.Zero, out _)) received++;
        }

        return received;
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
