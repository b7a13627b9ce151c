using System.Text.Json;
using MacvtapTools.Failures;

namespace MacvtapTools.Bridging;

/// <summary>The bridges of an Open vSwitch and their ports, from its database.</summary>
internal sealed class OpenVswitchTopology
{
    private const string BridgeColumns = "name,ports";
    private const string InterfaceColumns = "_uuid,name,type,ofport,ifindex,mac_in_use,admin_state,link_state";

    /// <summary>OFPP_LOCAL: the number of a bridge's own port.</summary>
    private const int LocalPort = 65534;

    private OpenVswitchTopology(IReadOnlyList<OpenVswitchBridge> bridges, IReadOnlyList<OpenVswitchPort> ports)
    {
        Bridges = bridges;
        Ports = ports;
    }

    /// <summary>The bridges.</summary>
    internal IReadOnlyList<OpenVswitchBridge> Bridges { get; }

    /// <summary>The ports, without the bridges' own local ports.</summary>
    internal IReadOnlyList<OpenVswitchPort> Ports { get; }

    /// <summary>Asks the database, with one ovs-vsctl.</summary>
    internal static OpenVswitchTopology Read(OpenVswitchDatabase database, CancellationToken stop)
    {
        // Of ports all columns are asked for: versions differ in them, and one that is not there is an error.
        string text = OpenVswitchProgram.Run(
            "ovs-vsctl",
            [
                $"--db=unix:{database.Socket}", $"--timeout={(int)OpenVswitchProgram.Patience.TotalSeconds}", "--no-wait", "--format=json",
                "--", $"--columns={BridgeColumns}", "list", "bridge", "--", "list", "port", "--", $"--columns={InterfaceColumns}", "list", "interface",
            ],
            database,
            null,
            stop);
        return Parse(text);
    }

    /// <summary>Reads three lines of JSON: bridges, ports, interfaces.</summary>
    /// <exception cref="MacvtapException">OpenVswitchError: it is something else.</exception>
    internal static OpenVswitchTopology Parse(string text)
    {
        try
        {
            string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            OpenVswitchTable bridges = new(lines[0]);
            Dictionary<string, OpenVswitchTable.Row> ports = new OpenVswitchTable(lines[1]).Rows.ToDictionary(r => r.Text("_uuid")!);
            Dictionary<string, OpenVswitchTable.Row> interfaces = new OpenVswitchTable(lines[2]).Rows.ToDictionary(r => r.Text("_uuid")!);
            List<OpenVswitchBridge> found = [];
            List<OpenVswitchPort> members = [];
            foreach (OpenVswitchTable.Row bridge in bridges.Rows)
            {
                string name = bridge.Text("name")!;
                OpenVswitchPort[] all = [.. PortsOf(name, bridge.Values("ports").Select(p => ports[p]), interfaces)];
                found.Add(new OpenVswitchBridge(name, all.FirstOrDefault(p => p.Name == name)));
                members.AddRange(all.Where(p => p.Name != name));
            }

            return new OpenVswitchTopology(found, members);
        }
        catch (Exception failure) when (failure is JsonException or IndexOutOfRangeException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new MacvtapException(FailureId.OpenVswitchError, $"The answer of ovs-vsctl could not be understood: {failure.Message}", null, null, failure);
        }
    }

    private static IEnumerable<OpenVswitchPort> PortsOf(string bridge, IEnumerable<OpenVswitchTable.Row> ports, Dictionary<string, OpenVswitchTable.Row> interfaces)
    {
        (OpenVswitchTable.Row Port, OpenVswitchTable.Row[] Interfaces)[] members = [.. ports.Select(p => (p, p.Values("interfaces").Select(i => interfaces[i]).ToArray()))];
        int? index = members.SelectMany(m => m.Interfaces).Where(i => i.Text("name") == bridge).Select(i => i.Number("ifindex")).FirstOrDefault();
        foreach ((OpenVswitchTable.Row port, OpenVswitchTable.Row[] own) in members)
        {
            bool isHeld = port.Of("status", "stp_state") is { } state && state != "forwarding";
            bool isPlain = own.Length == 1 && !port.Values("tag").Any() && !port.Values("trunks").Any() && !port.Values("vlan_mode").Any() && port.Text("protected") != bool.TrueString;
            foreach (OpenVswitchTable.Row one in own)
            {
                // A port that could not be opened has the number -1, or none.
                if (one.Number("ofport") is not (> 0 and <= LocalPort and { } number)) continue;
                bool isForwarding = !isHeld && one.Text("admin_state") == "up" && one.Text("link_state") == "up";
                yield return new OpenVswitchPort(one.Text("name")!, bridge, index, number, one.Number("ifindex"), one.Text("mac_in_use"), isForwarding, isPlain);
            }
        }
    }
}
