using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Suites;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>One capture of a number of frames to a file, in an arena of its own. The frames are sent from here, and go on to come until the capture has its number.</summary>
internal static class CaptureRun
{
    /// <summary>The longest queue of a macvtap: with a longer one its device cannot be opened (ENOMEM: one kmalloc of 4 MB holds a pointer for each frame).</summary>
    private const int LongestQueue = 500_000;

    /// <summary>By a cmdlet in a running shell.</summary>
    /// <param name="folder">For the file.</param>
    /// <param name="shell">The shell.</param>
    /// <param name="isReceive">Receive-TapFrame, which takes the frames from the device, where 500,000 have room; else Watch-LinkFrame.</param>
    /// <param name="count">How many frames.</param>
    /// <param name="megabytes">The room that Watch-LinkFrame has for frames.</param>
    /// <param name="rate">How many are sent in a second; 0 for as fast as it goes.</param>
    internal static CaptureOutcome ByShell(WorkFolder folder, Shell shell, bool isReceive, int count, int megabytes, int rate = 0)
    {
        using var arena = new TapArena(2, isReceive ? LongestQueue : null);
        using var sender = new FrameSender(arena);
        string path = Path.Combine(folder.Path, "ours.pcapng");
        string work = isReceive ? "receive-file" : "watch-file";
        shell.Order(work, arena.Arena, count, path, megabytes);
        if (isReceive)
        {
            shell.AwaitReady();
            shell.Proceed();
        }
        else
        {
            sender.AwaitWatcher();
        }

        Task<ShellAnswer> answer = Task.Run(() => shell.Answer(work, count));
        long began = sender.Send(count, rate);
        sender.SendUntil(() => answer.Wait(1));
        // Where it did not come to all frames, the answer says so.
        ShellAnswer told = answer.GetAwaiter().GetResult();
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        File.Delete(path);
        return new CaptureOutcome(milliseconds, told.Processor, told.Dropped, told.PeakMemory);
    }

    /// <summary>By tcpdump.</summary>
    /// <param name="folder">For the file.</param>
    /// <param name="count">How many frames.</param>
    /// <param name="megabytes">The room that it has for frames.</param>
    internal static CaptureOutcome ByTcpdump(WorkFolder folder, int count, int megabytes)
    {
        using var arena = new TapArena(2);
        using var sender = new FrameSender(arena);
        string path = Path.Combine(folder.Path, "tcpdump.pcap");
        string[] arguments = [$"--net=/proc/{Environment.ProcessId}/fd/{arena.Arena.Descriptor}", "--", "tcpdump", "-n", "-i", arena.Find(0).Name, "-B", $"{megabytes << 10}", "-c", $"{count}", "-w", path, "-Z", "root", $"ether proto {FrameSender.Type}"];
        double before = ProcessorTime.OfEndedPrograms;
        using Process process = Process.Start(new ProcessStartInfo("nsenter", arguments) { RedirectStandardError = true })!;
        // Its socket is there before its filter is, and until then it throws away what it has.
        while (process.StandardError.ReadLine() is { } line && !line.Contains("listening on", StringComparison.Ordinal))
        {
        }

        Task<string> said = process.StandardError.ReadToEndAsync();
        long began = sender.Send(count);
        if (!sender.SendUntil(() => process.WaitForExit(1)))
        {
            process.Kill();
            throw new InvalidOperationException($"tcpdump does not come to {count} frames.");
        }

        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        process.WaitForExit();
        File.Delete(path);
        return new CaptureOutcome(milliseconds, ProcessorTime.OfEndedPrograms - before, Dropped(said.Result));
    }

    /// <summary>What tcpdump says at its end: "0 packets dropped by kernel".</summary>
    private static long Dropped(string said) => said.Split('\n').FirstOrDefault(l => l.Contains("dropped by kernel", StringComparison.Ordinal)) is { } line
        ? long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"tcpdump: {said}");
}
