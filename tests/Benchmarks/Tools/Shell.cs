using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Benchmarks.Measuring;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>A real shell with the module imported, which is told on its input what to do and answers with the time that it took.</summary>
internal sealed class Shell : IDisposable
{
    /// <summary>How long a capture waits for frames that were lost.</summary>
    internal static readonly TimeSpan CapturePatience = TimeSpan.FromSeconds(30);

    private const int ColdRounds = 3;

    private readonly Process _process;

    private Shell(Process process) => _process = process;

    /// <summary>What is not here, or null.</summary>
    internal static string? Missing => Tool.Missing("pwsh");

    /// <summary>Starts a shell.</summary>
    /// <param name="inside">The network namespace that it lives in (which needs nsenter); null for the current one.</param>
    internal static Shell Start(Arena? inside = null)
    {
        string[] line = ["pwsh", "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Tools", "driver.ps1"), Repository.Manifest];
        if (inside is not null) line = ["nsenter", $"--net={inside.Path}", .. line];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new Shell(Process.Start(start)!);
    }

    /// <summary>Does the same first thing in a few new shells.</summary>
    internal static Samples Cold(Func<Shell, double> measure, CancellationToken stop, Arena? inside = null)
    {
        var samples = new Samples();
        for (int i = 0; i < ColdRounds; i++)
        {
            stop.ThrowIfCancellationRequested();
            using Shell shell = Start(inside);
            samples.Add(measure(shell));
        }

        return samples;
    }

    /// <summary>Does one piece of work.</summary>
    /// <param name="work">Its name in the driver.</param>
    /// <param name="arena">Where.</param>
    /// <param name="count">How many links it must come to, so that nothing fast and wrong wins.</param>
    /// <param name="line">The line that it is about.</param>
    /// <returns>Milliseconds.</returns>
    internal double Run(string work, Arena arena, int count, string? line = null)
    {
        Order(work, arena, count, line: line);
        return Answer(work, count).Milliseconds;
    }

    /// <summary>Tells the shell to begin.</summary>
    internal void Order(string work, Arena arena, int count, string? path = null, int buffer = 0, string? line = null)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { work, @namespace = arena.Name, count, path, buffer, line, patience = CapturePatience.TotalSeconds }));
    }

    /// <summary>Waits until the shell has made ready.</summary>
    internal void AwaitReady()
    {
        if (_process.StandardOutput.ReadLine() is var line && line != "ready") throw new InvalidOperationException($"The shell is not ready: {line}");
    }

    /// <summary>Lets it go on.</summary>
    internal void Proceed() => _process.StandardInput.WriteLine();

    /// <summary>Waits for the end of the work.</summary>
    /// <param name="work">What it was.</param>
    /// <param name="count">How much it must come to.</param>
    internal ShellAnswer Answer(string work, int count)
    {
        string? line = _process.StandardOutput.ReadLine();
        JsonNode? answer = line is null ? null : JsonNode.Parse(line);
        if (answer?["count"] is not { } found || found.GetValue<int>() != count) throw new InvalidOperationException($"{work} of {count} in the shell gave: {line ?? "nothing"}");
        string status = File.ReadAllText($"/proc/{_process.Id}/status");
        string peak = status.Split('\n').First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return new ShellAnswer(answer["milliseconds"]!.GetValue<double>(), answer["processor"]!.GetValue<double>(), long.Parse(peak.Trim(), CultureInfo.InvariantCulture), count, answer["dropped"]!.GetValue<long>());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }
}
