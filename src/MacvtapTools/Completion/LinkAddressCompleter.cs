using System.Collections;
using MacvtapTools.Addresses;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes the IP addresses of links.</summary>
public sealed class LinkAddressCompleter : LinkPartCompleter
{
    private protected override IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound) =>
        new AddressClient(session.Conversation).List(links).Select(a => (a.Address, $"{a.Family} address of {a.Name}, scope {a.Scope}"));
}
