using System.Text.Json;

namespace MacvtapTools.Bridging;

/// <summary>A table as ovs-vsctl --format=json lists it, read by the names of its columns. How values are written: RFC 7047, 5.1.</summary>
internal sealed class OpenVswitchTable
{
    private readonly Dictionary<string, int> _columns;
    private readonly JsonElement[][] _rows;

    /// <summary>Reads a line of output.</summary>
    /// <exception cref="JsonException">It is no JSON; other exceptions where it is something else.</exception>
    internal OpenVswitchTable(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        _columns = document.RootElement.GetProperty("headings").EnumerateArray().Select((h, i) => (Name: h.GetString()!, Place: i)).ToDictionary(c => c.Name, c => c.Place, StringComparer.Ordinal);
        _rows = [.. document.RootElement.GetProperty("data").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.Clone()).ToArray())];
    }

    /// <summary>The rows.</summary>
    internal IEnumerable<Row> Rows => _rows.Select(r => new Row(_columns, r));

    /// <summary>A row.</summary>
    internal readonly struct Row(Dictionary<string, int> columns, JsonElement[] values)
    {
        /// <summary>A value that is there once or not at all. Null also where this version has no such column.</summary>
        internal string? Text(string column) => Values(column).FirstOrDefault();

        /// <summary>A number; null where there is none.</summary>
        internal int? Number(string column) => Find(column) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;

        /// <summary>All values of a set.</summary>
        internal IEnumerable<string> Values(string column) => Find(column) is { } value ? ValuesOf(value) : [];

        /// <summary>The value of a key in a map.</summary>
        internal string? Of(string column, string key) =>
            Find(column) is { } value ? value[1].EnumerateArray().Where(p => p[0].GetString() == key).Select(p => p[1].GetString()).FirstOrDefault() : null;

        private JsonElement? Find(string column) => columns.TryGetValue(column, out int place) ? values[place] : null;

        /// <summary>["set",[...]], ["uuid","..."] or a bare value.</summary>
        private static IEnumerable<string> ValuesOf(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array) return [value.ToString()];
            return value[0].GetString() == "set" ? value[1].EnumerateArray().SelectMany(ValuesOf) : [value[1].ToString()];
        }
    }
}
