using System.Collections;
using MacvtapTools.Links;
using MacvtapTools.Routing;

namespace MacvtapTools.Completion;

/// <summary>Completes the destinations of routes over links, of the table that was typed before.</summary>
public sealed class LinkRouteCompleter : LinkPartCompleter
{
    private protected override IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound)
    {
        uint table = RouteTable.Parse(Completions.Typed(bound, "Table").FirstOrDefault()) ?? RouteBuilder.MainTable;
        return new RouteClient(session.Conversation).List(links, table).Select(r => (r.Destination, $"{r}, metric {r.Metric}, {r.Protocol}"));
    }
}
