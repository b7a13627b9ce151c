using System.Management.Automation;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Tour.Shells;

/// <summary>The stand-in for PowerShell, in this process.</summary>
internal sealed class StandInShell : ITourShell
{
    internal const int Width = 120;

    private readonly Shell _shell = new();

    internal StandInShell()
    {
        foreach (string manifest in TourFiles.Modules)
            _shell.ImportManifest(manifest);
        _shell.SetVariable("PID", Environment.ProcessId);
    }

    public string Title => "the stand-in for PowerShell";

    public int ProcessId => Environment.ProcessId;

    public LineResult Run(string line)
    {
        ShellResult result = _shell.Invoke(line);
        string text = result.Output.Count == 0 ? string.Empty : _shell.Format(result.Output, Width);
        return new LineResult(result.WhatIf, result.Warnings, [.. result.Errors.Select(Describe)], text);
    }

    public void Stop() => _shell.Stop();

    public void Dispose()
    {
        // What it opened ends with the process.
    }

    private static LineError Describe(ErrorRecord error) => new(
        LineError.ShortId(error.FullyQualifiedErrorId),
        error.InvocationInfo?.MyCommand?.Name,
        error.ErrorDetails?.Message ?? error.Exception.Message,
        string.IsNullOrEmpty(error.ErrorDetails?.RecommendedAction) ? null : error.ErrorDetails.RecommendedAction);
}
