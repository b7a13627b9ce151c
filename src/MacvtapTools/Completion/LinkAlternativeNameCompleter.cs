using System.Collections;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes the alternative names of links.</summary>
public sealed class LinkAlternativeNameCompleter : LinkPartCompleter
{
    private protected override IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound) =>
        links.SelectMany(l => l.AlternativeName.Select(n => (n, $"alternative name of {l.Name}")));
}
