using System.Diagnostics;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>Other programs.</summary>
internal static class Tool
{
    /// <summary>Null where a program is on the path, or else that it is not.</summary>
    internal static string? Missing(string name)
    {
        string[] directories = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':');
        return directories.Any(d => File.Exists(Path.Combine(d, name))) ? null : $"{name} is not on the path";
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote, and the milliseconds from start to end.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static (string Output, double Milliseconds) Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        clock.Stop();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result} {output}");
        return (output, clock.Elapsed.TotalMilliseconds);
    }
}
