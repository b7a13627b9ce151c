using System.Collections;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes the MAC addresses that links in source mode receive from.</summary>
public sealed class LinkSourceAddressCompleter : LinkPartCompleter
{
    private protected override IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound) =>
        links.OfType<MacvlanLink>().SelectMany(l => l.SourceAddress.Select(a => (a, $"{l.Name} receives from it")));
}
