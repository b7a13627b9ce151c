using System.Text;
using System.Text.Json;

namespace MacvtapTools.Topology;

/// <summary>Writes a topology as JSON: nodes and edges with the names that the objects have, in the spelling of JSON. Values are whole: nothing is made visible or cut.</summary>
internal static class JsonWriter
{
    /// <summary>The document.</summary>
    internal static string Write(TopologyPicture picture)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("title", picture.Title);
            json.WriteBoolean("isComplete", picture.Topology.IsComplete);
            json.WriteStartArray("nodes");
            foreach (TopologyNode node in picture.Topology.Node) Write(json, node);
            json.WriteEndArray();
            json.WriteStartArray("edges");
            foreach (TopologyEdge edge in picture.Topology.Edge)
            {
                json.WriteStartObject();
                json.WriteString("from", edge.From);
                json.WriteString("to", edge.To);
                json.WriteString("relation", edge.Relation.ToString());
                json.WriteBoolean("isCross", edge.IsCross);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (picture.Reach.Count > 0)
            {
                json.WriteStartArray("reachability");
                foreach (ReachSummary summary in picture.Reach) Write(json, summary);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
    }

    private static void Write(Utf8JsonWriter json, TopologyNode node)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Id);
        json.WriteString("name", node.Name);
        json.WriteString("role", node.Role.ToString());
        Number("interfaceIndex", node.InterfaceIndex);
        Text("kind", node.Kind);
        Text("mode", node.Mode?.ToString());
        Text("status", node.Status?.ToString());
        Text("macAddress", node.MacAddress);
        Text("networkNamespace", node.NetworkNamespace);
        Text("master", node.Master);
        Text("backend", node.Backend?.ToString());
        Flag("hairpin", node.Hairpin);
        Flag("isHairpinEffective", node.IsHairpinEffective);
        Text("state", node.State?.ToString());
        Number("processId", node.ProcessId);
        Text("parent", node.Parent);
        json.WriteEndObject();

        void Text(string name, string? value)
        {
            if (value is not null) json.WriteString(name, value);
        }

        void Number(string name, int? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
        }

        void Flag(string name, bool? value)
        {
            if (value is { } flag) json.WriteBoolean(name, flag);
        }
    }

    private static void Write(Utf8JsonWriter json, ReachSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("lowerDevice", summary.Scene.Lower.Name);
        if (summary.Scene.Lower.NetworkNamespace is { } there) json.WriteString("networkNamespace", there);
        json.WriteString("kind", summary.Kind.ToString());
        json.WriteString("title", summary.Title);
        json.WriteStartArray("entries");
        foreach (ReachEntry entry in summary.Entries)
        {
            json.WriteStartObject();
            json.WriteString("label", entry.Label);
            if (entry.Detail is not null) json.WriteString("detail", entry.Detail);
            json.WriteStartArray("members");
            foreach (string name in entry.Members) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("pairs");
        for (int from = 0; from < summary.Entries.Count; from++)
        {
            for (int to = 0; to < summary.Entries.Count; to++)
            {
                if (summary[from, to] == ReachCell.None) continue;
                json.WriteStartObject();
                json.WriteNumber("from", from);
                json.WriteNumber("to", to);
                json.WriteString("reachable", summary[from, to].ToString());
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
