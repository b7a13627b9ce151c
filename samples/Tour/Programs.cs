using System.Diagnostics;

namespace MacvtapTools.Tour;

/// <summary>Other programs.</summary>
internal static class Programs
{
    /// <summary>How a program ended, and what it said.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string ErrorOutput);

    /// <summary>Where a program is on the PATH, or null.</summary>
    internal static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    internal static Outcome Run(string program, IEnumerable<string> arguments, Action<ProcessStartInfo>? prepare = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        prepare?.Invoke(start);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Outcome(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return new Outcome(-1, string.Empty, failure.Message);
        }
    }
}
