using System.Diagnostics;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Reading 1000 links with all their details.</summary>
internal sealed class ListingSuite : ISuite
{
    private const int Count = 1000;

    /// <summary>A dump takes milliseconds: so many of them are one round.</summary>
    private const int Repeats = 5;

    /// <inheritdoc/>
    public string Name => "list";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using Arena arena = Arena.WithLinks(Count);
        using Shell? shell = Shell.Missing is null ? Shell.Start() : null;
        Samples? cold = shell is null ? null : Shell.Cold(s => s.Run("list", arena, Count), bench.Stop);

        var raw = Contender.If("C dump that only receives", bench.Yardstick.Missing, () => Samples.Middle(Repeats, () => bench.Yardstick.Run(arena, "dump", "32768", "0", "-")));
        var core = new Contender("core", () => Samples.Middle(Repeats, () => Dump(arena)));
        var get = Contender.If("shell", Shell.Missing, () => Samples.Middle(Repeats, () => shell!.Run("list", arena, Count)));
        var ip = Contender.If("one ip -d -j link process", Tool.Missing("ip"), () => Samples.Middle(Repeats, () => Tool.Run("ip", "-n", arena.Name, "-d", "-j", "link").Milliseconds));
        var convert = Contender.If("ip -d -j link | ConvertFrom-Json", Shell.Missing ?? Tool.Missing("ip"), () => Samples.Middle(Repeats, () => shell!.Run("list-ip", arena, Count)));

        for (int i = 0; i < 60; i++)
        {
            Dump(arena);
            shell?.Run("list", arena, Count);
        }

        if (convert.Missing is null) shell!.Run("list-ip", arena, Count);
        Interleaved.Run(bench.Rounds, bench.Stop, raw, core, get, ip, convert);

        yield return Row.AtMost("dump 1000 links into objects, core", raw, core, 2.0);
        yield return Row.TimesFaster("Get-Link of 1000 links in a running shell", ip, get, 1);
        yield return Row.TimesFaster("the same, against ip and ConvertFrom-Json", convert, get, 10);
        if (cold is not null) yield return Row.Cold(cold);
    }

    private static double Dump(Arena arena)
    {
        var clock = Stopwatch.StartNew();
        Check(arena.Session.Reader.List().Links.Count);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static void Check(int found)
    {
        // The links, their lower device, its peer, the loopback.
        if (found < Count + 3) throw new InvalidOperationException($"A dump of {Count} links gave {found}.");
    }
}
