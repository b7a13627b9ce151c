using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacvtapTools.Completion;

/// <summary>Completes the kinds of links that a host commonly has.</summary>
public class LinkKindCompleter : IArgumentCompleter
{
    private static readonly (string Kind, string What)[] Kinds =
    [
        ("bond", "several devices as one"),
        ("bridge", "a switch inside the kernel"),
        ("ifb", "an intermediate device for traffic control"),
        ("ipvlan", "shares a device and its MAC address"),
        ("macvlan", "a MAC address of its own on a lower device"),
        ("macvtap", "a macvlan with a device node for a guest"),
        ("tun", "a classic tun or tap device"),
        ("veth", "one end of a pair"),
        ("vlan", "a tagged VLAN"),
        ("vxlan", "a network over UDP"),
        ("wireguard", "an encrypted tunnel"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        return [.. Kinds.Where(k => k.Kind.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(k => Completions.Result(k.Kind, k.What))];
    }
}
