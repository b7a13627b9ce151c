using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacvtapTools.Completion;

/// <summary>Completes who can send and receive on a lower device: macvlans and macvtaps, its own stack, a host outside.</summary>
public class EndpointCompleter : IArgumentCompleter
{
    private static readonly (string Name, string What)[] _places = [("Host", "the lower device's own network stack"), ("Outside", "a host behind the switch")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Func<string, bool> begun = Completions.Matcher(wordToComplete);
        HashSet<string> others = [.. Completions.Typed(fakeBoundParameters, "From"), .. Completions.Typed(fakeBoundParameters, "To")];
        Func<string, bool> fits = name => begun(name) && !others.Contains(name);
        return
        [
            .. Completions.Ask(fakeBoundParameters, session => Completions.Links(session).OfType<MacvlanLink>().Where(l => fits(l.Name)).Select(l => Completions.Result(l.Name, Completions.Describe(l)))),
            .. _places.Where(e => fits(e.Name)).Select(e => Completions.Result(e.Name, e.What)),
        ];
    }
}
