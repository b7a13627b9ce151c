using System.Collections;
using System.Management.Automation;

namespace MacvtapTools.Completion;

/// <summary>What the completers share.</summary>
internal static class Completions
{
    private static readonly string[] NamespaceParameters = ["NetworkNamespace", "Namespace", "NetNS"];

    /// <summary>The namespace that was typed before, or null.</summary>
    internal static string? Namespace(IDictionary bound)
    {
        foreach (string name in NamespaceParameters)
        {
            if (bound.Contains(name)) return bound[name]?.ToString();
        }

        return null;
    }

    /// <summary>The word without the quotes that the user began it with.</summary>
    internal static string Unquote(string? word) => word?.Trim('\'', '"') ?? string.Empty;

    /// <summary>One offer; quoted where the shell would take it apart.</summary>
    internal static CompletionResult Result(string text, string toolTip)
    {
        bool isPlain = text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');
        return new CompletionResult(isPlain ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'", text, CompletionResultType.ParameterValue, toolTip);
    }
}
