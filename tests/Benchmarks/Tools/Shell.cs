using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Benchmarks.Measuring;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>A real shell with the module imported, which is told on its input what to do and answers with the time that it took.</summary>
internal sealed class Shell : IDisposable
{
    private const int ColdRounds = 3;

    private readonly Process _process;

    private Shell(Process process) => _process = process;

    /// <summary>What is not here, or null.</summary>
    internal static string? Missing => Tool.Missing("pwsh");

    /// <summary>Starts a shell.</summary>
    internal static Shell Start()
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Tools", "driver.ps1"), Repository.Manifest])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new Shell(Process.Start(start)!);
    }

    /// <summary>Does the same first thing in a few new shells.</summary>
    internal static Samples Cold(Func<Shell, double> measure, CancellationToken stop)
    {
        var samples = new Samples();
        for (int i = 0; i < ColdRounds; i++)
        {
            stop.ThrowIfCancellationRequested();
            using Shell shell = Start();
            samples.Add(measure(shell));
        }

        return samples;
    }

    /// <summary>Does one piece of work.</summary>
    /// <param name="work">Its name in the driver.</param>
    /// <param name="arena">Where.</param>
    /// <param name="count">How many links it must come to, so that nothing fast and wrong wins.</param>
    /// <returns>Milliseconds.</returns>
    internal double Run(string work, Arena arena, int count)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { work, @namespace = arena.Name, count }));
        string? line = _process.StandardOutput.ReadLine();
        JsonNode? answer = line is null ? null : JsonNode.Parse(line);
        if (answer?["count"]?.GetValue<int>() != count) throw new InvalidOperationException($"{work} of {count} links in the shell gave: {line ?? "nothing"}");
        return answer["milliseconds"]!.GetValue<double>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }
}
