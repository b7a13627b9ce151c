using System.ComponentModel;
using System.Diagnostics;
using MacvtapTools.Failures;

namespace MacvtapTools.Bridging;

/// <summary>Starts the programs that Open vSwitch is managed with: without a shell, with a limit of time, and ended when the user stops the command.</summary>
internal static class OpenVswitchProgram
{
    /// <summary>How long a program may take.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] _administratorDirectories = ["/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="database">The switch that it is about.</param>
    /// <param name="input">What it reads, or null.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="MacvtapException">OpenVswitchNotInstalled, OpenVswitchTimeout; OpenVswitchError with the program's own words.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static string Run(string program, IEnumerable<string> arguments, OpenVswitchDatabase database, string? input, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using Process process = Start(program, arguments, database);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            // What it writes is read while it runs, and what it reads is short: no pipe can fill up on both sides.
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> words = process.StandardError.ReadToEndAsync(limit.Token);
            Feed(process, input);
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            string written = output.GetAwaiter().GetResult();
            return process.ExitCode == 0 ? written : throw Failed(program, process.ExitCode, words.GetAwaiter().GetResult(), database);
        }
        catch (OperationCanceledException)
        {
            process.Kill(); // it starts no other
            stop.ThrowIfCancellationRequested();
            throw new MacvtapException(
                FailureId.OpenVswitchTimeout,
                $"{program} did not end within {Patience.TotalSeconds} seconds, and was ended. Whether Open vSwitch did what it was asked is not known.",
                "Is ovs-vswitchd running, and not busy?",
                database.Socket);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, OpenVswitchDatabase database)
    {
        ProcessStartInfo start = new(Find(program)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);

        // ovs-ofctl looks there for the bridge's management socket.
        start.Environment["OVS_RUNDIR"] = database.RunDirectory;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new MacvtapException(FailureId.OpenVswitchNotInstalled, $"{start.FileName} could not be started: {failure.Message}.", null, program, failure);
        }
    }

    /// <summary>The path of a program. The system's own search would look in the current directory first, and run what somebody left there.</summary>
    private static string Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Where(Path.IsPathFullyQualified)
            .Concat(_administratorDirectories)
            .Select(d => Path.Combine(d, program))
            .FirstOrDefault(File.Exists)
        ?? throw new MacvtapException(
            FailureId.OpenVswitchNotInstalled,
            $"The program {program} is not on this host, and Open vSwitch is managed with it.",
            "It comes with Open vSwitch (Debian: openvswitch-switch and openvswitch-common).",
            program);

    private static void Feed(Process process, string? input)
    {
        try
        {
            if (input is not null) process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its own words say why.
        }
    }

    private static MacvtapException Failed(string program, int exitCode, string words, OpenVswitchDatabase database)
    {
        string said = string.Join(" ", words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        bool isDenied = said.Contains("Permission denied", StringComparison.Ordinal);
        return new MacvtapException(
            isDenied ? FailureId.AccessDenied : FailureId.OpenVswitchError,
            $"{program} ended with exit code {exitCode}: {(said.Length == 0 ? "it said nothing" : said)}",
            isDenied ? $"Open vSwitch lets only those manage it who may write to its sockets in {database.RunDirectory}: usually root." : null,
            database.Socket);
    }
}
