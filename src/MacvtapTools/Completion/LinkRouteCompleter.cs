using System.Collections;
using System.Globalization;
using MacvtapTools.Links;
using MacvtapTools.Routing;

namespace MacvtapTools.Completion;

/// <summary>Completes the destinations of routes over links, of the table that was typed before.</summary>
public sealed class LinkRouteCompleter : LinkPartCompleter
{
    private protected override IEnumerable<(string Text, string What)> Parts(LinkSession session, IReadOnlyList<Link> links, IDictionary bound)
    {
        uint table = uint.TryParse(Completions.Typed(bound, "Table").FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out uint typed) ? typed : RouteBuilder.MainTable;
        return new RouteClient(session.Conversation).List(links, table).Select(r => (r.Destination, $"{r}, metric {r.Metric}, {r.Protocol}"));
    }
}
