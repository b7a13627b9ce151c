using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Much work leaves nothing behind. Alone: it counts what the whole process has.</summary>
[Collection(nameof(Alone))]
public sealed class LinkLeakTests
{
    private const int Batch = 250;
    private const int Batches = 40;
    private const int Sessions = 1000;
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Ten_thousand_links_made_and_removed_leave_no_descriptor_and_no_memory()
    {
        using LinkBench bench = new();
        for (int i = 0; i < 4; i++) MakeAndRemove(bench);
        int descriptors = Count("fd");
        long memory = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < Batches; i++) MakeAndRemove(bench);

        Assert.InRange(Count("fd"), 0, descriptors + 2); // the runtime may open one or two of its own
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + Megabyte);
        Assert.Equal(["lo", "p1", "p0"], bench.Session.Reader.List().Links.Select(l => l.Name));
    }

    [Fact]
    public void A_thousand_sessions_into_another_namespace_leave_no_descriptor_and_no_thread()
    {
        using LinkBench bench = new();
        for (int i = 0; i < 20; i++) OpenAndRead(bench);
        int descriptors = Count("fd");
        int threads = Count("task");
        long memory = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < Sessions; i++) OpenAndRead(bench);

        Assert.InRange(Count("fd"), 0, descriptors + 2);
        Assert.InRange(Count("task"), 0, threads + 8); // those of the pool come and go
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + Megabyte);
    }

    private static void MakeAndRemove(LinkBench bench)
    {
        var made = new Link[Batch];
        for (int i = 0; i < Batch; i++) made[i] = bench.Create(w => w with { Name = $"m{i}" });
        Assert.All(bench.Session.Remover.Remove(made), o => Assert.Null(o.Failure));
    }

    private static void OpenAndRead(LinkBench bench)
    {
        using LinkSession session = LinkSession.Open(bench.Namespace);
        Assert.NotNull(session.Reader.Find("p0"));
        Assert.Equal(bench.Lower.MacAddress, session.Sysfs.ReadText("class/net/p0/address"));
    }

    private static int Count(string what) => Directory.GetFileSystemEntries($"/proc/self/{what}").Length;
}
