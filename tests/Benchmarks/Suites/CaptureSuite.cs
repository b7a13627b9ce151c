using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// Captures to pcapng files next to tcpdump with the same traffic: as fast as it can be sent, and no frame may be lost that tcpdump does not lose. And the memory of the
/// shell, which must not grow with the file.
/// </summary>
internal sealed class CaptureSuite : ISuite
{
    private const int Frames = 1_000_000;
    private const int BufferMegabytes = 256;
    private const int SteadyRate = 150_000;
    private const int SteadyBufferMegabytes = 16;
    private const double MostTime = 1.1;
    private const double MostGrowth = 1.1;

    /// <inheritdoc/>
    public string Name => "capture";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        string? missing = Shell.Missing ?? Tool.Missing("tcpdump") ?? Tool.Missing("nsenter");
        using Shell? shell = missing is null ? Shell.Start() : null;
        var other = new CaptureContender("tcpdump -w", missing, () => CaptureRun.ByTcpdump(bench.Folder, Frames, BufferMegabytes));
        var watch = new CaptureContender("Watch-LinkFrame -Path", missing, () => CaptureRun.ByShell(bench.Folder, shell!, false, Frames, BufferMegabytes));
        var receive = new CaptureContender("Receive-TapFrame -Path", missing, () => CaptureRun.ByShell(bench.Folder, shell!, true, Frames, BufferMegabytes));
        if (missing is null)
        {
            // The just-in-time compiler's.
            CaptureRun.ByShell(bench.Folder, shell!, false, Frames / 10, BufferMegabytes);
            CaptureRun.ByShell(bench.Folder, shell!, true, Frames / 10, BufferMegabytes);
        }

        Interleaved.Run(bench.Rounds, bench.Stop, other.Clock, watch.Clock, receive.Clock);
        foreach (CaptureContender ours in new[] { watch, receive })
        {
            Row row = Row.AtMost(string.Create(CultureInfo.InvariantCulture, $"{ours.Clock.Name}, {Frames:N0} frames of 64 bytes as fast as they can be sent"), other.Clock, ours.Clock, MostTime);
            yield return row.Missing is not null ? row : row with
            {
                Met = row.Met == true && ours.Dropped <= other.Dropped,
                Conditions = string.Create(CultureInfo.InvariantCulture, $"lost {other.Dropped}/{ours.Dropped}, room for {BufferMegabytes} MB/{(ours == receive ? "500,000 frames" : $"{BufferMegabytes} MB")}; {row.Conditions}"),
            };
            yield return Row.Information("the same, processor time of the program that writes the file", other.Processor, ours.Processor);
        }

        yield return Memory(bench, missing, false);
        yield return Memory(bench, missing, true);
    }

    private static Row Memory(Bench bench, string? missing, bool isReceive)
    {
        string cmdlet = isReceive ? "Receive-TapFrame" : "Watch-LinkFrame";
        var row = new Row(string.Create(CultureInfo.InvariantCulture, $"peak memory of {cmdlet} -Path, {Frames:N0} frames"), string.Create(CultureInfo.InvariantCulture, $"{Frames / 10:N0} frames")) { Unit = "MB", Target = "at most 1.10", Missing = missing };
        if (missing is not null) return row;
        double[] peaks = new double[2];
        long[] lost = new long[2];
        for (int i = 0; i < peaks.Length; i++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            using Shell shell = Shell.Start();
            CaptureOutcome outcome = CaptureRun.ByShell(bench.Folder, shell, isReceive, i == 0 ? Frames / 10 : Frames, SteadyBufferMegabytes, SteadyRate);
            (peaks[i], lost[i]) = (outcome.PeakMemory / 1024.0, outcome.Dropped);
        }

        return row with
        {
            YardstickMedian = peaks[0],
            OursMedian = peaks[1],
            Met = peaks[1] <= peaks[0] * MostGrowth,
            Conditions = string.Create(CultureInfo.InvariantCulture, $"new shells, {SteadyRate:N0} frames/s sent, lost {lost[0]}/{lost[1]}{(isReceive ? string.Empty : $", buffer {SteadyBufferMegabytes} MB, which counts")}"),
        };
    }

    /// <summary>A capturer, with what is noted besides the time.</summary>
    private sealed class CaptureContender
    {
        internal CaptureContender(string name, string? missing, Func<CaptureOutcome> capture)
        {
            Processor = Contender.If(name, missing, static () => throw new InvalidOperationException("This is measured with the time."));
            Clock = Contender.If(name, missing, () =>
            {
                CaptureOutcome outcome = capture();
                Processor.Samples.Add(outcome.Processor);
                Dropped += outcome.Dropped;
                return outcome.Milliseconds;
            });
        }

        internal Contender Clock { get; }

        internal Contender Processor { get; }

        internal long Dropped { get; private set; }
    }
}
