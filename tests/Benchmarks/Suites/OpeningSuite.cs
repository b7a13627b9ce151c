using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Opening and closing a macvtap's tap device, and what is left of it. Each close waits for a grace period of the kernel: in full it takes minutes.</summary>
internal sealed class OpeningSuite : ISuite
{
    private const int Few = 200;
    private const int Many = 10_000;
    private const long Megabyte = 1 << 20;
    private const int OfTheRuntime = 2;

    /// <inheritdoc/>
    public string Name => "open";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using var arena = new TapArena(1);
        var options = new TapEndpointOptions();
        int count = bench.IsLong ? Many : Few;
        for (int i = 0; i < 10; i++) arena.Open(0, options).Dispose();
        int descriptors = Descriptors();
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        var samples = new Samples();
        for (int i = 0; i < count; i++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            long began = Stopwatch.GetTimestamp();
            arena.Open(0, options).Dispose();
            samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        int moreDescriptors = Descriptors() - descriptors;
        long moreMemory = GC.GetTotalMemory(forceFullCollection: true) - memory - (count * sizeof(double) * 2L);
        yield return new Row($"open and close a macvtap, {count} times", "-")
        {
            OursMedian = samples.Median,
            Target = "nothing left",
            Met = moreDescriptors <= OfTheRuntime && moreMemory < Megabyte,
            Conditions = string.Create(CultureInfo.InvariantCulture, $"best {samples.Best:0.0}, {moreDescriptors} descriptors and {moreMemory / 1024} KB more than before"),
        };
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
