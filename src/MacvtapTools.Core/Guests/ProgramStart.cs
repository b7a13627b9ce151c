namespace MacvtapTools.Guests;

/// <summary>How a guest's program is to be started.</summary>
internal sealed record ProgramStart
{
    /// <summary>The program: a name that PATH has, or a path.</summary>
    internal required string Program { get; init; }

    /// <summary>The arguments, with placeholders.</summary>
    internal IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where it starts, an absolute path; relative paths are relative to it.</summary>
    internal required string WorkingDirectory { get; init; }

    /// <summary>Its environment.</summary>
    internal required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The file that takes its standard output, an absolute path; null for none.</summary>
    internal string? StandardOutputPath { get; init; }

    /// <summary>The file that takes its standard error, an absolute path; null: the beginning is kept in memory.</summary>
    internal string? StandardErrorPath { get; init; }

    /// <summary>It writes where this process writes, as far as no file is named.</summary>
    internal bool InheritOutput { get; init; }

    /// <summary>The network namespace that it runs in: a name, a path or a process id; null for the caller's.</summary>
    internal string? NetworkNamespace { get; init; }

    /// <summary>How long it is watched: a failure in this time is a failure of the start.</summary>
    internal TimeSpan StartupTime { get; init; }
}
