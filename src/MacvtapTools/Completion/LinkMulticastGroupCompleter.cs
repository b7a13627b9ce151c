using System.Collections;
using MacvtapTools.Links;
using MacvtapTools.Multicast;

namespace MacvtapTools.Completion;

/// <summary>Completes the multicast groups that were let into links by hand; with -Force also those that the host joined.</summary>
public sealed class LinkMulticastGroupCompleter : LinkPartCompleter
{
    private protected override IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound) =>
        new MulticastClient(session.Conversation, session.Namespace).List(links)
            .Where(g => g.IsStatic != false || bound.Contains("Force"))
            .Select(g => (g.Group ?? g.MacAddress, $"{g.MacAddress}, let into {g.Name}{(g.IsStatic == false ? " because the host joined it" : string.Empty)}"));
}
