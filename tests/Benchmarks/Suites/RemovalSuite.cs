using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Removing 1000 links that are up. One by one costs a grace period of the kernel for each, so the yardstick takes long and has fewer rounds.</summary>
internal sealed class RemovalSuite : ISuite
{
    private const int Count = 1000;
    private const int RoundsOfOurs = 3;

    /// <inheritdoc/>
    public string Name => "remove";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using Shell? shell = Shell.Missing is null ? Shell.Start() : null;
        string batch = bench.Folder.Write("delete.batch", string.Concat(Enumerable.Range(0, Count).Select(i => $"link del {Arena.NameOf(i)}\n")));
        Samples? cold = shell is null ? null : Shell.Cold(s => InFilled(Count, a => s.Run("remove", a, Count)), bench.Stop);

        var ip = Contender.If("ip -batch, link del", Tool.Missing("ip"), () => InFilled(Count, a => Tool.Run("ip", "-n", a.Name, "-batch", batch).Milliseconds));
        var remove = Contender.If("shell", Shell.Missing, () => InFilled(Count, a => shell!.Run("remove", a, Count)));
        for (int i = 0; i < 3 && shell is not null; i++) InFilled(100, a => shell.Run("remove", a, 100));

        for (int round = 0; round < Math.Max(1, bench.Rounds / RoundsOfOurs); round++)
        {
            Interleaved.Run(1, bench.Stop, ip);
            Interleaved.Run(RoundsOfOurs, bench.Stop, remove);
        }

        yield return Row.TimesFaster("$links | Remove-Link of 1000 in a shell", ip, remove, 30);
        if (cold is not null) yield return Row.Cold(cold);
    }

    private static double InFilled(int count, Func<Arena, double> measure)
    {
        using Arena arena = Arena.WithLinks(count);
        return measure(arena);
    }
}
