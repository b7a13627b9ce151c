using System.Management.Automation;
using MacvtapTools.PipelineHost.Pipeline;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Runs parsed lines in a session, and can be stopped from another thread.</summary>
internal sealed class Evaluator(Session session)
{
    private readonly Lock gate = new();
    private readonly Stack<PipelineRun> running = new();
    private bool stopped;

    internal Session Session => session;

    internal object? GetVariable(string name)
    {
        if (name.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
            return Environment.GetEnvironmentVariable(name[4..]);

        return name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            "pwd" => session.CurrentDirectory,
            var plain => session.Variables.GetValueOrDefault(plain),
        };
    }

    internal void SetVariable(string name, object? value)
    {
        if (name.ToLowerInvariant() is "true" or "false" or "null")
            throw new RuntimeException($"Cannot overwrite variable {name} because it is read-only or constant.");

        session.Variables[name] = value;
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
}
