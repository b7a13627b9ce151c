using System.Management.Automation;
using MacvtapTools.PipelineHost.Pipeline;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Runs parsed lines in a session, and can be stopped from another thread.</summary>
internal sealed class Evaluator(Session session)
{
    private const string Environ = "env:";

    private readonly Lock gate = new();
    private readonly Stack<PipelineRun> running = new();
    private bool stopped;

    internal Session Session => session;

    internal object? GetVariable(string name)
    {
        if (name.StartsWith(Environ, StringComparison.OrdinalIgnoreCase))
            return Environment.GetEnvironmentVariable(name[Environ.Length..]);

        return Plain(name).ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            "pid" => Environment.ProcessId,
            "pwd" => session.CurrentDirectory,
            var plain => session.Variables.GetValueOrDefault(plain),
        };
    }

    internal void SetVariable(string name, object? value)
    {
        if (name.StartsWith(Environ, StringComparison.OrdinalIgnoreCase))
        {
            Environment.SetEnvironmentVariable(name[Environ.Length..], LanguagePrimitives.ToText(value));
            return;
        }

        string plain = Plain(name);
        if (plain.Equals("null", StringComparison.OrdinalIgnoreCase))
            return;

        if (plain.ToLowerInvariant() is "true" or "false" or "pid")
            throw new RuntimeException($"Cannot overwrite variable {plain} because it is read-only or constant.");

        session.Variables[plain] = value;
    }

    internal void Run(IReadOnlyList<CommandCall> calls, bool hasInput, object? input, Action<object?> output)
    {
        PipelineRun run = new(session, calls, hasInput, output);
        lock (gate)
        {
            if (stopped)
                throw new PipelineStoppedException();

            running.Push(run);
        }

        try
        {
            run.Execute(input);
        }
        finally
        {
            lock (gate)
                running.Pop();
        }
    }

    /// <summary>Stops what runs, the outermost pipeline first, and lets nothing more start.</summary>
    internal void Stop()
    {
        PipelineRun[] runs;
        lock (gate)
        {
            stopped = true;
            runs = [.. running.Reverse()];
        }

        foreach (PipelineRun run in runs)
            run.Stop();
    }

    /// <summary>The name without a scope: there is one for all.</summary>
    private static string Plain(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
