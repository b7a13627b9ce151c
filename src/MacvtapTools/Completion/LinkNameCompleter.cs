using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of links: those that the cmdlet can do something with, in the namespace that was given. An alternative name is offered where it was begun.</summary>
public class LinkNameCompleter : IArgumentCompleter
{
    private const string LowerDeviceParameter = "LowerDevice";
    private const string NameParameter = "Name";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string place = parameterName.Equals(LowerDeviceParameter, StringComparison.OrdinalIgnoreCase) ? "LowerDeviceNamespace" : "NetworkNamespace";
        return Completions.Ask(fakeBoundParameters, session => Offer(commandName, parameterName, wordToComplete, fakeBoundParameters, session), place);
    }

    private static List<CompletionResult> Offer(string command, string parameter, string word, IDictionary bound, LinkSession session)
    {
        using CompletionRequest request = new(bound, session);
        Func<Link, CompletionRequest, bool> isAccepted = AcceptedLinks.By(command, parameter);
        Func<string, bool> fits = Completions.Matcher(word);
        bool isBegun = Completions.Unquote(word).Length > 0;
        bool isPattern = parameter.Equals(NameParameter, StringComparison.OrdinalIgnoreCase);
        List<CompletionResult> offers = [];
        foreach (Link link in request.Links)
        {
            string[] names = fits(link.Name) ? [link.Name] : isBegun ? [.. link.AlternativeName.Where(fits)] : [];
            if (names.Length == 0 || !isAccepted(link, request)) continue;
            foreach (string name in names) offers.Add(Completions.Result(name, name == link.Name ? Completions.Describe(link) : $"{link.Name}, {Completions.Describe(link)}", isPattern));
        }

        return offers;
    }
}
