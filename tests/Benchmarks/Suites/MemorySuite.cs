using System.Globalization;
using MacvtapTools.Benchmarks.Reporting;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>What the objects of a dump keep alive.</summary>
internal sealed class MemorySuite : ISuite
{
    private const int Count = 4000;
    private const double MostPerLink = 4096;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using Arena arena = Arena.WithLinks(Count);
        arena.Session.Reader.List();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        IReadOnlyList<Link> links = arena.Session.Reader.List().Links;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        long live = GC.GetTotalMemory(forceFullCollection: true) - before;
        double perLink = (double)live / links.Count;
        yield return new Row("memory of a dump of 4000 links, live per link", "-")
        {
            OursMedian = perLink,
            Unit = "bytes",
            Target = "at most 4096 bytes",
            Met = perLink <= MostPerLink,
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{links.Count} links, allocated on the way {(double)allocated / links.Count:0} bytes per link"),
        };
        GC.KeepAlive(links);
    }
}
