using System.Text.Json;
using MacvtapTools.Failures;

namespace MacvtapTools.Bridging;

/// <summary>The bridges of an Open vSwitch and their ports, from its database.</summary>
internal sealed class OpenVswitchTopology
{
    private const string BridgeColumns = "name,ports";
    private const string PortColumns = "_uuid,interfaces,status";
    private const string InterfaceColumns = "_uuid,name,type,ofport,ifindex,mac_in_use,admin_state,link_state";

    private OpenVswitchTopology(IReadOnlyList<string> bridges, IReadOnlyList<OpenVswitchPort> ports)
    {
        Bridges = bridges;
        Ports = ports;
    }

    /// <summary>The names of the bridges.</summary>
    internal IReadOnlyList<string> Bridges { get; }

    /// <summary>The ports, without the bridges' own local ports.</summary>
    internal IReadOnlyList<OpenVswitchPort> Ports { get; }

    /// <summary>Asks the database, with one ovs-vsctl.</summary>
    internal static OpenVswitchTopology Read(OpenVswitchDatabase database, CancellationToken stop)
    {
        string text = OpenVswitchProgram.Run(
            "ovs-vsctl",
            [
                $"--db=unix:{database.Socket}", $"--timeout={(int)OpenVswitchProgram.Patience.TotalSeconds}", "--no-wait", "--format=json",
                "--", $"--columns={BridgeColumns}", "list", "bridge", "--", $"--columns={PortColumns}", "list", "port", "--", $"--columns={InterfaceColumns}", "list", "interface",
            ],
            database,
            null,
            stop);
        return Parse(text);
    }

    /// <summary>Reads three lines of JSON: bridges, ports, interfaces (RFC 7047, 5.1: how values are written).</summary>
    /// <exception cref="MacvtapException">OpenVswitchError: it is something else.</exception>
    internal static OpenVswitchTopology Parse(string text)
    {
        try
        {
            string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            List<JsonElement[]> bridges = Rows(lines[0]);
            Dictionary<string, JsonElement[]> ports = Rows(lines[1]).ToDictionary(r => Text(r[0])!);
            Dictionary<string, JsonElement[]> interfaces = Rows(lines[2]).ToDictionary(r => Text(r[0])!);
            return new OpenVswitchTopology([.. bridges.Select(b => Text(b[0])!)], [.. bridges.SelectMany(b => PortsOf(b, ports, interfaces))]);
        }
        catch (Exception failure) when (failure is JsonException or IndexOutOfRangeException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new MacvtapException(FailureId.OpenVswitchError, $"The answer of ovs-vsctl could not be understood: {failure.Message}", null, null, failure);
        }
    }

    private static IEnumerable<OpenVswitchPort> PortsOf(JsonElement[] bridge, Dictionary<string, JsonElement[]> ports, Dictionary<string, JsonElement[]> interfaces)
    {
        string name = Text(bridge[0])!;
        JsonElement[][] members = [.. Values(bridge[1]).SelectMany(p => Values(ports[p][1]).Select(i => interfaces[i]))];
        int? index = members.Where(m => Text(m[1]) == name).Select(m => Number(m[4])).FirstOrDefault();
        foreach (string port in Values(bridge[1]))
        {
            bool isHeld = Map(ports[port][2], "stp_state") is { } state && state != "forwarding";
            foreach (JsonElement[] one in Values(ports[port][1]).Select(i => interfaces[i]))
            {
                // A port that could not be opened has the number -1, or none.
                if (Text(one[1]) == name || Number(one[3]) is not (> 0 and { } number)) continue;
                bool isForwarding = !isHeld && Text(one[6]) == "up" && Text(one[7]) == "up";
                yield return new OpenVswitchPort(Text(one[1])!, name, index, number, Number(one[4]), Text(one[5]), isForwarding);
            }
        }
    }

    private static List<JsonElement[]> Rows(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.Clone()).ToArray())];
    }

    /// <summary>A value that is there once or not at all.</summary>
    private static string? Text(JsonElement value) => Values(value).FirstOrDefault();

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    /// <summary>["set",[...]], ["uuid","..."] or a bare value.</summary>
    private static IEnumerable<string> Values(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return [value.ToString()];
        return value[0].GetString() == "set" ? value[1].EnumerateArray().SelectMany(Values) : [value[1].ToString()];
    }

    private static string? Map(JsonElement value, string key) =>
        value[1].EnumerateArray().Where(p => p[0].GetString() == key).Select(p => p[1].GetString()).FirstOrDefault();
}
