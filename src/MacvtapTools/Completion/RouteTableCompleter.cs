using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Routing;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of routing tables; "all" only where a cmdlet reads.</summary>
public class RouteTableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Func<string, bool> fits = Completions.Matcher(wordToComplete);
        bool reads = commandName.StartsWith($"{VerbsCommon.Get}-", StringComparison.OrdinalIgnoreCase);
        return [.. RouteTable.Known.Where(t => fits(t.Name) && (reads || t.Number != 0)).Select(t => Completions.Result(t.Name, $"{t.Number}, {t.What}"))];
    }
}
