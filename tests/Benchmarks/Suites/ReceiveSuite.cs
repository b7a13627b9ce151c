using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// Frame objects out of a running shell, all of them kept. From a tap device they wait before the clock starts, so that the sender takes no processor away, and then again
/// while they are sent; a packet socket gets them while they are sent, into a buffer that holds them all. What counts is the time from the first object to the last.
/// </summary>
internal sealed class ReceiveSuite : ISuite
{
    private const double Wanted = 150_000;
    private const int Count = 150_000;
    private const int Room = 1000;

    private enum Way
    {
        Waiting,
        Live,
        Watched,
    }

    /// <inheritdoc/>
    public string Name => "receive";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        foreach ((string work, Way way) in new[]
        {
            ("Receive-TapFrame, frame objects per second", Way.Waiting),
            ("the same, while they are sent", Way.Live),
            ("Watch-LinkFrame, frame objects per second, while they are sent", Way.Watched),
        })
        {
            var row = new Row(work, "-") { Unit = "/s", Target = "at least 150,000", Missing = Shell.Missing };
            yield return row.Missing is null ? Measure(bench, row, way) : row;
        }
    }

    private static Row Measure(Bench bench, Row row, Way way)
    {
        // The figures are frames per second, of the clock and of the shell's processor time.
        Samples wall = new();
        Samples processor = new();
        using Shell shell = Shell.Start();
        for (int round = 0; round <= bench.Rounds; round++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            ShellAnswer answer = Receive(shell, way);
            // The first round is the just-in-time compiler's.
            if (round == 0) continue;
            wall.Add(Count / answer.Milliseconds * 1000);
            processor.Add(Count / answer.Processor * 1000);
        }

        return row with
        {
            OursMedian = wall.Median,
            Met = wall.Median >= Wanted,
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Count} frames of 64 bytes, rounds {wall.Count}, spread {wall.Spread:P0}, best {wall.Values.Max():0}; per second of processor time {processor.Median:0}"),
        };
    }

    private static ShellAnswer Receive(Shell shell, Way way)
    {
        using var arena = new TapArena(2, Count + Room);
        using var sender = new FrameSender(arena);
        shell.Order(way == Way.Watched ? "watch" : "receive", arena.Arena, Count);
        switch (way)
        {
            case Way.Waiting:
                shell.AwaitReady();
                sender.Send(Count);
                shell.Proceed();
                break;
            case Way.Live:
                shell.AwaitReady();
                shell.Proceed();
                sender.Send(Count);
                break;
            default:
                sender.AwaitWatcher();
                sender.Send(Count);
                break;
        }

        return shell.Answer("frames", Count);
    }
}
