using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// Frame objects out of a running shell, all of them kept. From a tap device they wait before the clock starts, so that the sender takes no processor away; a packet socket
/// gets them while they are sent, into a buffer that holds them all. What counts is the time from the first object to the last.
/// </summary>
internal sealed class ReceiveSuite : ISuite
{
    private const double Wanted = 150_000;
    private const int Count = 150_000;
    private const int ShortCount = 20_000;

    /// <inheritdoc/>
    public string Name => "receive";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        foreach ((string cmdlet, bool isWatch) in new[] { ("Receive-TapFrame", false), ("Watch-LinkFrame", true) })
        {
            var row = new Row($"{cmdlet}, frame objects per second", "-") { Unit = "/s", Target = "at least 150,000", Missing = Shell.Missing };
            if (row.Missing is not null)
            {
                yield return row;
                continue;
            }

            // The figures are frames per second, of the clock and of the shell's processor time.
            Samples wall = new();
            Samples processor = new();
            int count = bench.IsLong ? Count : ShortCount;
            using Shell shell = Shell.Start();
            for (int round = 0; round <= bench.Rounds; round++)
            {
                bench.Stop.ThrowIfCancellationRequested();
                (double seconds, double used) = Measure(shell, isWatch, count);
                // The first round is the just-in-time compiler's.
                if (round == 0) continue;
                wall.Add(count / seconds);
                processor.Add(count / used);
            }

            yield return row with
            {
                OursMedian = wall.Median,
                Met = wall.Median >= Wanted,
                Conditions = string.Create(CultureInfo.InvariantCulture, $"{count} frames of 64 bytes, rounds {wall.Count}, spread {wall.Spread:P0}, best {wall.Values.Max():0}; per second of processor time {processor.Median:0}"),
            };
        }
    }

    private static (double Seconds, double Processor) Measure(Shell shell, bool isWatch, int count)
    {
        using var arena = new TapArena(2, count + 1000);
        using var sender = new FrameSender(arena);
        shell.Order(isWatch ? "watch" : "receive", arena.Arena, count);
        if (isWatch)
        {
            sender.AwaitWatcher();
            sender.Send(count);
        }
        else
        {
            shell.AwaitReady();
            sender.Send(count);
            shell.Proceed();
        }

        ShellAnswer answer = shell.Answer("frames", count);
        return (answer.Milliseconds / 1000, answer.Processor / 1000);
    }
}
