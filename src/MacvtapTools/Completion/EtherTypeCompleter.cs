using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Frames;

namespace MacvtapTools.Completion;

/// <summary>Completes the types of Ethernet frames.</summary>
public class EtherTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        return [.. EtherType.Known.Where(k => k.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(k => Completions.Result(k.Name, $"0x{k.Number:x4}, {k.What}"))];
    }
}
