using System.Management.Automation;

namespace MacvtapTools.PipelineHost;

/// <summary>What an invocation gave: every stream, in order, and how it ended.</summary>
public sealed class ShellResult
{
    private readonly Lock gate = new();
    private readonly List<StreamRecord> records = [];

    /// <summary>Every record of every stream, in order.</summary>
    public IReadOnlyList<StreamRecord> Records
    {
        get
        {
            lock (gate)
                return [.. records];
        }
    }

    /// <summary>The objects that came out, .NET objects bare; a PSObject only where it adds something.</summary>
    public IReadOnlyList<object?> Output => [.. Of<object?>(StreamKind.Output)];

    /// <summary>The error stream, with the errors that ended a statement.</summary>
    public IReadOnlyList<ErrorRecord> Errors => [.. Of<ErrorRecord>(StreamKind.Error)];

    /// <summary>The ids of <see cref="Errors"/>, such as <c>LinkNotFound,MacvtapTools.Commands.GetLinkCommand</c>.</summary>
    public IReadOnlyList<string> ErrorIds => [.. Errors.Select(e => e.FullyQualifiedErrorId)];

    public IReadOnlyList<string> Warnings => [.. Of<string>(StreamKind.Warning)];

    public IReadOnlyList<string> Verbose => [.. Of<string>(StreamKind.Verbose)];

    public IReadOnlyList<string> Debug => [.. Of<string>(StreamKind.Debug)];

    public IReadOnlyList<ProgressRecord> Progress => [.. Of<ProgressRecord>(StreamKind.Progress)];

    public IReadOnlyList<InformationRecord> Information => [.. Of<InformationRecord>(StreamKind.Information)];

    /// <summary>The texts that -WhatIf shows, word for word.</summary>
    public IReadOnlyList<string> WhatIf => [.. Of<string>(StreamKind.WhatIf)];

    public IReadOnlyList<Prompt> Prompts => [.. Of<Prompt>(StreamKind.Prompt)];

    /// <summary>The last exception that ended a statement: CmdletInvocationException, ParameterBindingException, ActionPreferenceStopException...</summary>
    public Exception? TerminatingException { get; internal set; }

    /// <summary>Whether <see cref="TerminatingException"/> ended the whole script (a preference of Stop), so that later statements did not run.</summary>
    public bool EndedScript { get; internal set; }

    /// <summary>Whether <see cref="Shell.Stop"/> ended it.</summary>
    public bool WasStopped { get; internal set; }

    public bool HadErrors => TerminatingException is not null || Errors.Count > 0;

    /// <summary>The output objects of one type.</summary>
    public IReadOnlyList<T> Objects<T>() => [.. Output.Select(PSObject.Base).OfType<T>()];

    internal void Add(StreamKind kind, object? value)
    {
        lock (gate)
            records.Add(new StreamRecord(kind, value));
    }

    private IEnumerable<T> Of<T>(StreamKind kind) => Records.Where(r => r.Kind == kind).Select(r => (T)r.Value!);
}
