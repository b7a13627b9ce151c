using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Failures;

namespace MacvtapTools.Guests;

/// <summary>The objects of a running QEMU as far as they are about network cards (qom-list, qom-get).</summary>
/// <param name="connection">The conversation with it.</param>
internal sealed class QemuObjects(QmpConnection connection)
{
    /// <summary>The class of a refusal that is about something that is not there.</summary>
    internal const string NotFound = "DeviceNotFound";

    private const string Named = "/machine/peripheral";
    private const string Nameless = "/machine/peripheral-anon";

    /// <summary>Where the object of a card is.</summary>
    internal static string PathOf(string id) => $"{Named}/{id}";

    /// <summary>All network cards, those with an id first.</summary>
    /// <exception cref="MacvtapException">QemuRefused, QemuTimeout, QemuNotReachable, QemuProtocolError.</exception>
    internal IEnumerable<QemuNetworkDevice> Cards()
    {
        foreach (string place in (string[])[Named, Nameless])
        {
            foreach (JsonElement child in Children(place))
            {
                const string Prefix = "child<";
                string name = QmpConnection.Text(child, "name");
                string type = QmpConnection.Text(child, "type");
                string path = $"{place}/{name}";
                if (!type.StartsWith(Prefix, StringComparison.Ordinal) || Property(path, "netdev") is not { } backend)
                    continue;
                yield return new QemuNetworkDevice(
                    connection.Path,
                    place == Named ? name : null,
                    type[Prefix.Length..].TrimEnd('>'),
                    Property(path, "mac"),
                    backend.Length == 0 ? null : backend,
                    path);
            }
        }
    }

    /// <summary>A text property of an object; null when there is no such object, or none with that property.</summary>
    internal string? Property(string path, string name)
    {
        try
        {
            JsonElement value = connection.Execute("qom-get", new JsonObject { ["path"] = path, ["property"] = name });
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (QmpRefusal)
        {
            return null;
        }
    }

    // A list without one of the two places is an empty one: -nodefaults machines have none nameless.
    private JsonElement[] Children(string place)
    {
        try
        {
            JsonElement list = connection.Execute("qom-list", new JsonObject { ["path"] = place });
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        }
        catch (QmpRefusal refusal) when (refusal.Kind == NotFound)
        {
            return [];
        }
    }
}
