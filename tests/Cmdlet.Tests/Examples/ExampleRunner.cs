using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Runs one example after the other in the stand-in, each in a fresh lab and a fresh shell.</summary>
internal sealed partial class ExampleRunner
{
    /// <summary>Wide enough for everything; an example whose lines are broken says how wide its terminal was.</summary>
    private const int WideEnough = 500;
    private const int Attempts = 5;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly string _scratch = Path.Combine(Path.GetTempPath(), $"mvtt-{Environment.ProcessId}-example");

    /// <summary>Runs it; again where somebody else's link had the path of a device node at that moment.</summary>
    internal ExampleResult Run(Example example)
    {
        long start = Stopwatch.GetTimestamp();
        ExampleResult result = Try(example);
        for (int attempt = 1; attempt < Attempts && Collision.IsMatch(string.Join(' ', [.. result.Problems, result.Text])) && !Collision.IsMatch(example.Shown ?? string.Empty); attempt++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            result = Try(example);
        }

        return result with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
    }

    [GeneratedRegex(@"/dev/tap\d+ is (not the tap device of link|another device)|\bShadowed\b")]
    private static partial Regex Collision { get; }

    private ExampleResult Try(Example example)
    {
        StringBuilder text = new();
        List<string> errors = [];
        List<string> problems = [];
        ExampleLab.Reset();
        Directory.CreateDirectory(_scratch);
        Shell shell = NewShell();
        using CancellationTokenSource over = new();
        Task? beside = null;
        try
        {
            problems.AddRange(shell.Invoke(example.Before).Errors.Select(e => $"preparing: {e}"));
            if (example.Meanwhile is { } meanwhile) beside = Task.Run(() => Repeat(meanwhile, over.Token));
            foreach (string statement in Shell.Statements(example.Code))
            {
                ShellResult result = Run(shell, statement, example.StopAfter, problems);
                text.Append(ExampleConsole.Text(shell, result, example.Width ?? WideEnough));
                errors.AddRange(result.Errors.Select(e => e.ToString()));
            }
        }
        finally
        {
            over.Cancel();
            beside?.Wait(_patience);
            shell.Invoke("Get-TapRelay | Stop-TapRelay"); // they are the process's
            EndChildren();
            Directory.Delete(_scratch, recursive: true);
        }

        return new ExampleResult(example.Key, text.ToString(), errors, problems, 0);
    }

    private Shell NewShell()
    {
        Shell shell = ShippedModule.NewShell();
        shell.CurrentDirectory = _scratch;
        return shell;
    }

    private static ShellResult Run(Shell shell, string statement, double? stopAfter, List<string> problems)
    {
        Task<ShellResult> running = shell.InvokeAsync(statement);
        if (running.Wait(stopAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : _patience)) return running.Result;
        shell.Stop();
        if (stopAfter is null) problems.Add($"it did not end within {_patience.TotalSeconds} s: {statement}");
        return running.Wait(_patience) ? running.Result : throw new TimeoutException($"It cannot be stopped: {statement}");
    }

    private void Repeat(string lines, CancellationToken over)
    {
        Shell shell = NewShell();
        while (!over.IsCancellationRequested)
        {
            shell.Invoke(lines);
            over.WaitHandle.WaitOne(_pause);
        }
    }

    /// <summary>Ends what the example started and left, with all that it started itself.</summary>
    private static void EndChildren()
    {
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            foreach (string id in ReadChildren(task).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                try
                {
                    using Process child = Process.GetProcessById(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
                    child.Kill(entireProcessTree: true);
                }
                catch (ArgumentException)
                {
                    // It has ended by itself.
                }
            }
        }
    }

    /// <summary>The children of a thread; none where it ends meanwhile.</summary>
    private static string ReadChildren(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "children"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
