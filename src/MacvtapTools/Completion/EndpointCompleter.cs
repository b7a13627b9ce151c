using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes who can send and receive on a lower device: macvlans and macvtaps, its own stack, a host outside.</summary>
public class EndpointCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(Completions.Unquote(wordToComplete) + "*", WildcardOptions.IgnoreCase);
        return
        [
            .. Read(fakeBoundParameters)
                .Select(l => (Name: l.Name, What: $"{l.Kind} on {l.LowerDevice ?? "another namespace's device"}, {l.Mode}"))
                .Append((Name: "Host", What: "the lower device's own network stack"))
                .Append((Name: "Outside", What: "a host behind the switch"))
                .Where(e => pattern.IsMatch(e.Name))
                .Select(e => Completions.Result(e.Name, e.What)),
        ];
    }

    private static MacvlanLink[] Read(IDictionary bound)
    {
        if (!OperatingSystem.IsLinux()) return [];
        try
        {
            using LinkSession session = LinkSession.Open(Completions.Namespace(bound));
            return [.. session.Reader.List().Links.OfType<MacvlanLink>()];
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            // Nothing to offer: the cmdlet itself will say why.
            return [];
        }
    }
}
