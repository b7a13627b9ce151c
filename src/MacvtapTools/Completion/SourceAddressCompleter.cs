using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Protection;

namespace MacvtapTools.Completion;

/// <summary>Completes the word that stands for the link's own MAC address.</summary>
public class SourceAddressCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ProtectionRequest.Own.StartsWith(Completions.Unquote(wordToComplete), StringComparison.OrdinalIgnoreCase)
            ? [Completions.Result(ProtectionRequest.Own, "the MAC address that the link has now")]
            : [];
}
