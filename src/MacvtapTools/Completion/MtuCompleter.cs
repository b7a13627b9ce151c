using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacvtapTools.Completion;

/// <summary>Completes an MTU: those that are usual.</summary>
public class MtuCompleter : IArgumentCompleter
{
    private static readonly (string Mtu, string What)[] _usual =
    [
        ("1280", "the least that IPv6 takes"),
        ("1500", "Ethernet's"),
        ("9000", "jumbo frames: all on the way have to take them"),
        ("65535", "the most that a veth pair and a macvlan on it take"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Func<string, bool> fits = Completions.Matcher(wordToComplete);
        return [.. _usual.Where(m => fits(m.Mtu)).Select(m => new CompletionResult(m.Mtu, m.Mtu, CompletionResultType.ParameterValue, m.What))];
    }
}
