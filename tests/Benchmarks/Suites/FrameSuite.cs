using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// Frames from one macvtap to another, in C as here. First with one thread that writes and one that reads, where what arrives counts; then with one thread that
/// does both, by its processor time.
/// </summary>
internal sealed class FrameSuite : ISuite
{
    private const double Limit = 1 / 0.9;
    private const double Seconds = 0.1;
    private const int Repeats = 5;
    private const int Turns = 200;
    private const double Unit = 100_000;
    private const double NanosecondsPerMillisecond = 1_000_000;

    /// <inheritdoc/>
    public string Name => "frames";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        var yardstick = new Yardstick(bench.Folder, "frames");
        foreach ((string work, int size, bool vnet) in new[] { ("frames of 64 bytes", 64, false), ("frames of 1500 bytes", 1500, false), ("frames of 65,000 bytes, undivided TCP with a vnet header", 65000, true) })
        {
            using var arena = new TapArena(2);
            var rawStream = Contender.If("C, write and read", yardstick.Missing, () => Samples.Middle(Repeats, () => RawStream(yardstick, arena, size, vnet)));
            var stream = new Contender("TapEndpoint", () => Samples.Middle(Repeats, () => With(arena, size, vnet, t => t.Stream(Seconds)) * Unit));
            var rawTurns = Contender.If("C, write and read", yardstick.Missing, () => RawTurns(yardstick, arena, size, vnet));
            var turns = new Contender("TapEndpoint", () => With(arena, size, vnet, t => t.Turns(Turns)));
            // The just-in-time compiler's.
            With(arena, size, vnet, t => t.Stream(Seconds));
            With(arena, size, vnet, t => t.Turns(Turns));
            Interleaved.Run(bench.Rounds, bench.Stop, rawStream, stream, rawTurns, turns);

            Row row = Row.AtMost($"100,000 {work}, one thread writes and one reads", rawStream, stream, Limit);
            yield return row with { Conditions = string.Create(CultureInfo.InvariantCulture, $"{Unit / stream.Samples.Median:0}000 frames/s, best {Unit / stream.Samples.Best:0}000; {Processors.Words}; {row.Conditions}") };
            yield return Row.AtMost("the same, processor time of one frame, written and read by one thread", rawTurns, turns, Limit) with { Unit = "ns" };
        }
    }

    private static double RawStream(Yardstick yardstick, TapArena arena, int size, bool vnet)
    {
        string[] line = Raw(yardstick, arena, "stream", size, vnet, Seconds);
        return Yardstick.Number(line[1]) * 1000 / Yardstick.Number(line[2]) * Unit;
    }

    private static double RawTurns(Yardstick yardstick, TapArena arena, int size, bool vnet) =>
        Yardstick.Number(Raw(yardstick, arena, "turns", size, vnet, Turns)[1]) * 1000 * NanosecondsPerMillisecond;

    private static string[] Raw(Yardstick yardstick, TapArena arena, string work, int size, bool vnet, double howMuch) => yardstick.Tell(
        arena.Arena,
        work,
        Text(size),
        vnet ? "1" : "0",
        arena.Path(0),
        arena.Path(1),
        Text(Processors.Pair.Writer),
        Text(Processors.Pair.Reader),
        Text(howMuch));

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static double With(TapArena arena, int size, bool vnet, Func<FrameTraffic, double> measure)
    {
        using var traffic = new FrameTraffic(arena, size, vnet);
        return measure(traffic);
    }
}
