using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Guests.Relays;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of links that have a relay in this shell.</summary>
public class TapRelayNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(Completions.Unquote(wordToComplete) + "*", WildcardOptions.IgnoreCase);
        return [.. RelayStarter.List().Where(r => pattern.IsMatch(r.Name)).DistinctBy(r => r.Name).Select(r => Completions.Result(r.Name, $"relay, {r.State}, {r.Peer ?? r.Path ?? "socket pair"}"))];
    }
}
