using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Diagnosis.Host;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of the checks of the host.</summary>
public class HostCheckNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        return [.. HostChecks.All.Where(c => c.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(c => Completions.Result(c.Name, c.Area))];
    }
}
