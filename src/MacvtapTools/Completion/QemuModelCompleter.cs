using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Guests;

namespace MacvtapTools.Completion;

/// <summary>Completes QEMU's names of network cards.</summary>
public class QemuModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        return [.. QemuArguments.Models.Where(m => m.Model.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(m => Completions.Result(m.Model, m.What))];
    }
}
