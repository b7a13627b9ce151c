using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Multicast;
using MacvtapTools.Route;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of well-known multicast groups.</summary>
public class MulticastGroupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        return [.. MulticastName.All.Where(k => k.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(k => Completions.Result(k.Name, k.Address))];
    }

    /// <summary>The name of a group in brackets, behind its address in a text; empty where it has none.</summary>
    internal static string Remark(byte[] address) => MulticastName.Of(HardwareAddress.Format(address)!) is { } name ? $" ({name})" : string.Empty;
}
