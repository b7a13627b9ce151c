using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// A capture to a pcapng file, from the first frame that is sent to the end of the file, next to tcpdump with the same traffic and a buffer of the same size. And the
/// memory of the shell, which must not grow with the file.
/// </summary>
internal sealed class CaptureSuite : ISuite
{
    private const int Frames = 1_000_000;
    private const int ShortFrames = 50_000;
    private const int BufferMegabytes = 256;
    private const int SteadyRate = 150_000;
    private const double MostGrowth = 1.1;

    /// <inheritdoc/>
    public string Name => "capture";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        int count = bench.IsLong ? Frames : ShortFrames;
        string? missing = Shell.Missing ?? Tool.Missing("tcpdump") ?? Tool.Missing("nsenter");
        long lost = 0;
        long lostByOther = 0;
        using Shell? shell = missing is null ? Shell.Start() : null;
        var other = Contender.If("tcpdump -w", missing, () => Tcpdump(bench, count, ref lostByOther));
        var ours = Contender.If("Watch-LinkFrame -Path", missing, () => Watch(bench, shell!, count, 0, BufferMegabytes, ref lost).Milliseconds);
        if (missing is null) Watch(bench, shell!, count, 0, BufferMegabytes, ref lost); // the just-in-time compiler's
        lost = 0;
        Interleaved.Run(bench.Rounds, bench.Stop, other, ours);
        Row row = Row.AtMost(string.Create(CultureInfo.InvariantCulture, $"capture of {count:N0} frames as fast as they can be sent"), other, ours, 1.1);
        yield return row.Missing is not null ? row : row with
        {
            Met = row.Met == true && lost <= lostByOther,
            Conditions = string.Create(CultureInfo.InvariantCulture, $"lost {lostByOther}/{lost}, buffer {BufferMegabytes} MB; {row.Conditions}"),
        };
        yield return Memory(bench, missing, count);
    }

    private static Row Memory(Bench bench, string? missing, int count)
    {
        var row = new Row(string.Create(CultureInfo.InvariantCulture, $"peak memory of a capture of {count / 10:N0} frames, and of {count:N0}"), "the short one") { Unit = "MB", Target = "at most 1.10", Missing = missing };
        if (missing is not null) return row;
        double[] peaks = new double[2];
        long[] lost = new long[2];
        for (int i = 0; i < peaks.Length; i++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            using Shell shell = Shell.Start();
            peaks[i] = Watch(bench, shell, i == 0 ? count / 10 : count, SteadyRate, 16, ref lost[i]).PeakMemory / 1024.0;
        }

        return row with
        {
            YardstickMedian = peaks[0],
            OursMedian = peaks[1],
            Met = peaks[1] <= peaks[0] * MostGrowth,
            Conditions = string.Create(CultureInfo.InvariantCulture, $"new shells, {SteadyRate:N0} frames/s sent, lost {lost[0]}/{lost[1]}, buffer 16 MB, which counts"),
        };
    }

    private static ShellAnswer Watch(Bench bench, Shell shell, int count, int rate, int buffer, ref long lost)
    {
        using var arena = new TapArena(2);
        using var sender = new FrameSender(arena);
        string path = Path.Combine(bench.Folder.Path, "ours.pcapng");
        shell.Order("capture", arena.Arena, count, path, buffer);
        sender.AwaitWatcher();
        long began = sender.Send(count, rate);
        ShellAnswer answer = shell.Answer("capture", null);
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        lost += count - answer.Count;
        File.Delete(path);
        return answer with { Milliseconds = milliseconds };
    }

    private static double Tcpdump(Bench bench, int count, ref long lost)
    {
        using var arena = new TapArena(2);
        using var sender = new FrameSender(arena);
        string path = Path.Combine(bench.Folder.Path, "tcpdump.pcap");
        string[] arguments = [$"--net=/proc/{Environment.ProcessId}/fd/{arena.Arena.Descriptor}", "--", "tcpdump", "-n", "-i", arena.Find(0).Name, "-B", $"{BufferMegabytes << 10}", "-c", $"{count}", "-w", path, "-Z", "root", $"ether proto {FrameSender.Type}"];
        using Process process = Process.Start(new ProcessStartInfo("nsenter", arguments) { RedirectStandardError = true })!;
        // Its socket is there before its filter is, and until then it throws away what it has.
        while (process.StandardError.ReadLine() is { } line && !line.Contains("listening on", StringComparison.Ordinal))
        {
        }

        Task<string> said = process.StandardError.ReadToEndAsync();
        long began = sender.Send(count);
        // One that has lost frames would wait for them.
        if (!process.WaitForExit(Shell.CapturePatience))
        {
            Tool.Run("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
            process.WaitForExit();
        }

        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        string captured = said.Result.Split('\n').FirstOrDefault(l => l.Contains("captured", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"tcpdump: {said.Result}");
        lost += count - long.Parse(captured.Split(' ')[0], CultureInfo.InvariantCulture);
        File.Delete(path);
        return milliseconds;
    }
}
