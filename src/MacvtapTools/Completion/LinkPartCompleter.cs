using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes what a link has several of: of the links that were typed before, and where none were, of all of them.</summary>
public abstract class LinkPartCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (commandName.Contains("Add-", StringComparison.OrdinalIgnoreCase)) return [];
        Func<string, bool> fits = Completions.Matcher(wordToComplete);
        return Completions.Ask(fakeBoundParameters, session => Parts(session, Chosen(session, fakeBoundParameters), fakeBoundParameters)
            .Where(p => fits(p.Text))
            .DistinctBy(p => p.Text)
            .Select(p => Completions.Result(p.Text, p.What)));
    }

    /// <summary>What the links have.</summary>
    /// <param name="session">The session of their namespace.</param>
    /// <param name="links">The links, at least one.</param>
    /// <param name="bound">What was typed before.</param>
    private protected abstract IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound);

    private static IReadOnlyList<Link> Chosen(LinkSession session, IDictionary bound)
    {
        WildcardPattern[] names = [.. Completions.Typed(bound, "Name").Select(static n => Completions.Pattern(n)).OfType<WildcardPattern>()];
        string[] indexes = [.. Completions.Typed(bound, "InterfaceIndex")];
        IReadOnlyList<Link> links = Completions.Links(session);
        if (names.Length == 0 && indexes.Length == 0) return links;
        return [.. links.Where(l => Completions.IsNamed(l, names) || indexes.Contains($"{l.InterfaceIndex}"))];
    }
}
