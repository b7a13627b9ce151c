using System.Diagnostics;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// Making macvtaps that are up. The same work is compared: links whose address generation is left to the kernel come up in the message that
/// makes them, in C as here; links without address generation take three requests (make, set, switch on), which C sends one by one or together.
/// </summary>
internal sealed class CreationSuite : ISuite
{
    private const int Count = 1000;

    /// <inheritdoc/>
    public string Name => "create";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using Shell? shell = Shell.Missing is null ? Shell.Start() : null;
        string batch = bench.Folder.Write("create.batch", string.Concat(Enumerable.Range(0, Count).Select(i =>
            $"link add {Arena.NameOf(i)} link {Arena.LowerName} type macvtap mode bridge\nlink set {Arena.NameOf(i)} up\n")));
        Samples? cold = shell is null ? null : Shell.Cold(s => InArena(a => s.Run("create", a, Count)), bench.Stop);

        var rawKernel = C("C, one request each", "1", "1");
        var rawNone = C("C, one request per send, three each", "1", "3");
        var rawNoneTogether = C("C, three requests per send", "3", "3");
        var coreKernel = new Contender("core", () => InArena(a => Time(() => a.Fill(Count, null))));
        var coreNone = new Contender("core", () => InArena(a => Time(() => a.Fill(Count, AddressGeneration.None))));
        var shellNone = Contender.If("shell", Shell.Missing, () => InArena(a => shell!.Run("create", a, Count)));
        var ip = Contender.If("ip -batch, add and up", Tool.Missing("ip"), () => InArena(a => Tool.Run("ip", "-n", a.Name, "-batch", batch).Milliseconds));

        // Enough calls for the tiered compiler to have done with what is called often.
        for (int i = 0; i < 3; i++)
        {
            InArena(a => Time(() => a.Fill(100, null)));
            InArena(a => Time(() => a.Fill(100, AddressGeneration.None)));
            if (shell is not null) InArena(a => shell.Run("create", a, 100));
        }

        Interleaved.Run(bench.Rounds, bench.Stop, rawKernel, coreKernel, rawNone, coreNone, rawNoneTogether, shellNone, ip);

        yield return Row.AtMost("create 1000 macvtaps, up, core, one message each", rawKernel, coreKernel, 1.10);
        yield return Row.AtMost("the same without address generation (the default), core", rawNone, coreNone, 1.10);
        yield return Row.AtMost("the same, against three requests in one send", rawNoneTogether, coreNone, 1.10);
        yield return Row.AtMost("$names | New-MacvtapLink -Up in a shell", rawNone, shellNone, 1.25);
        yield return Row.AtMost("the same, against three requests in one send", rawNoneTogether, shellNone, 1.25);
        yield return Row.TimesFaster("the same, against ip -batch", ip, shellNone, 1);
        if (cold is not null) yield return Row.Cold(cold);

        Contender C(string name, string perSend, string up) => Contender.If(
            name, bench.Yardstick.Missing, () => InArena(a => bench.Yardstick.Run(a, "create", "1000", "macvtap", "bridge", Arena.LowerName, perSend, up, "1")));
    }

    private static double InArena(Func<Arena, double> measure)
    {
        using Arena arena = Arena.Create();
        return measure(arena);
    }

    private static double Time(Action work)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalMilliseconds;
    }
}
