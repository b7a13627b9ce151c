using System.Management.Automation;
using System.Text;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What a terminal would show of a result: its streams in their order, as the shell writes them.</summary>
internal static class ExampleConsole
{
    /// <summary>The text.</summary>
    /// <param name="shell">The shell, which has the views.</param>
    /// <param name="result">The result.</param>
    /// <param name="width">How many columns the terminal has.</param>
    internal static string Text(Shell shell, ShellResult result, int width)
    {
        int columns = width - 1; // the shell leaves a terminal's last column free
        StringBuilder text = new();
        List<object?> objects = [];
        foreach (StreamRecord record in result.Records)
        {
            if (record.Kind == StreamKind.Output)
            {
                objects.Add(record.Value);
                continue;
            }

            text.Append(shell.Format(objects, columns)).Append(Line(record));
            objects.Clear();
        }

        return text.Append(shell.Format(objects, columns)).ToString();
    }

    private static string Line(StreamRecord record) => record.Kind switch
    {
        StreamKind.Error => Error((ErrorRecord)record.Value!),
        StreamKind.Warning => $"WARNING: {record.Value}\n",
        StreamKind.Verbose => $"VERBOSE: {record.Value}\n",
        StreamKind.Debug => $"DEBUG: {record.Value}\n",
        StreamKind.WhatIf => $"{record.Value}\n",
        _ => string.Empty,
    };

    /// <summary>As ConciseView has it.</summary>
    private static string Error(ErrorRecord error)
    {
        string advice = error.ErrorDetails?.RecommendedAction is { Length: > 0 } action ? $"\n  Recommendation: {action}" : string.Empty;
        return $"{error.InvocationInfo?.InvocationName ?? error.CategoryInfo.Category.ToString()}: {error}{advice}\n";
    }
}
