using System.Diagnostics;

namespace MacvtapTools.Kernel.Tests;

/// <summary>Runs programs of the host, for tests only: the second opinion on what the library did.</summary>
internal static class Programs
{
    /// <summary>How long a program may take.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>What a program said, and how it ended.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string ErrorOutput);

    /// <summary>Runs a program to its end.</summary>
    internal static Outcome Try(string program, params IEnumerable<string> arguments) => Try(program, Patience, arguments);

    /// <summary>Runs a program to its end, which may take longer.</summary>
    internal static Outcome Try(string program, TimeSpan patience, params IEnumerable<string> arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Close();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {patience.TotalSeconds} s.");
        }

        process.WaitForExit();
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a program and requires that it succeeds.</summary>
    internal static string Run(string program, params IEnumerable<string> arguments)
    {
        Outcome outcome = Try(program, arguments);
        return outcome.ExitCode == 0
            ? outcome.Output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {outcome.ExitCode}: {outcome.ErrorOutput.Trim()}");
    }

    /// <summary>Starts a program with its input and outputs as pipes.</summary>
    internal static Process Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Find(program) ?? program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Where a program is, or null.</summary>
    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
