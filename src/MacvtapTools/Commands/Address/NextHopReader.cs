using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>From an object that tells of one way of a route to that way: what Get-LinkRoute gives, any object with such properties, a hashtable, or a gateway alone.</summary>
internal static class NextHopReader
{
    private static readonly string[] Known = [nameof(LinkRoute.Name), nameof(LinkRoute.InterfaceIndex), nameof(LinkRoute.Gateway), nameof(LinkRoute.Weight), nameof(LinkRoute.OnLink)];

    /// <summary>Reads one.</summary>
    /// <param name="hop">The object.</param>
    /// <param name="link">The link of a way that names none.</param>
    /// <param name="onLink">What a way that does not say it has for OnLink.</param>
    /// <param name="find">Finds the link that a way names.</param>
    /// <exception cref="MacvtapException">ParameterInvalid, LinkNotFound.</exception>
    internal static RouteWay Read(PSObject hop, Link link, bool onLink, Func<LinkReference, Link> find)
    {
        if (hop.BaseObject is string gateway) return new RouteWay(link, gateway, 1, onLink);
        var values = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        if (hop.BaseObject is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
                if (!Known.Contains(key, StringComparer.OrdinalIgnoreCase)) throw Invalid(hop, $"it has '{key}'");
                if (entry.Value is not null) values[key] = entry.Value;
            }
        }
        else
        {
            foreach (string name in Known)
            {
                if (hop.Properties[name]?.Value is { } value) values[name] = value;
            }
        }

        if (values.Count == 0) throw Invalid(hop, "it has none of them");
        try
        {
            LinkReference? reference = Text(nameof(LinkRoute.InterfaceIndex)) is { } index ? new LinkReference(int.Parse(index, CultureInfo.InvariantCulture))
                : Text(nameof(LinkRoute.Name)) is { } named ? new LinkReference(named) : null;
            return new RouteWay(
                reference is null ? link : find(reference),
                Text(nameof(LinkRoute.Gateway)),
                Text(nameof(LinkRoute.Weight)) is { } weight ? int.Parse(weight, CultureInfo.InvariantCulture) : 1,
                Text(nameof(LinkRoute.OnLink)) is { } flag ? bool.Parse(flag) : onLink);
        }
        catch (Exception refusal) when (refusal is FormatException or OverflowException)
        {
            throw Invalid(hop, refusal.Message);
        }

        string? Text(string name) => values.TryGetValue(name, out object? value) ? Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) : null;
    }

    private static MacvtapException Invalid(PSObject hop, string why) =>
        new(FailureId.ParameterInvalid, $"'{hop}' is no way of a route: {why}.", "A way has a Name or an InterfaceIndex, a Gateway, a Weight and OnLink: @{ Gateway = '10.0.0.2'; Weight = 2 }.", hop.BaseObject);
}
