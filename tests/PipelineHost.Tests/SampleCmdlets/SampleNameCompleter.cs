using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SampleCmdlets;

/// <summary>Completes the two names there are, and shows what it was told.</summary>
public class SampleNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string tip = $"{commandName} {parameterName} {string.Join(",", fakeBoundParameters.Keys.Cast<string>().Order())}";
        foreach (string name in (string[])["mvt0", "mvt1"])
        {
            if (name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
                yield return new CompletionResult(name, name, CompletionResultType.ParameterValue, tip);
        }
    }
}
