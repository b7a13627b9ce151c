using System.Globalization;
using System.Text.Json;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>Compares every fact of a port object with what <c>bridge -d -j link</c> says of the same port, and <c>ip -d -j link</c> where bridge is silent.</summary>
internal static class BridgeFacts
{
    /// <summary>The differences, one text for each; none where all say the same.</summary>
    internal static List<string> Compare(BridgePort port, string networkNamespace)
    {
        JsonElement bridge = Json("bridge", "-n", networkNamespace, "-d", "-j", "link", "show", "dev", port.Name)[0];
        JsonElement ip = Json("ip", "-n", networkNamespace, "-d", "-j", "link", "show", port.Name)[0];
        JsonElement slave = ip.GetProperty("linkinfo").GetProperty("info_slave_data");
        List<string> differences = [];

        Check(nameof(port.Name), Text(bridge, "ifname"), port.Name);
        Check("ToString", Text(bridge, "ifname"), port.ToString());
        Check(nameof(port.InterfaceIndex), Number(bridge, "ifindex"), port.InterfaceIndex);
        Check(nameof(port.Bridge), Text(bridge, "master"), port.Bridge);
        Check(nameof(port.BridgeIndex), Json("ip", "-n", networkNamespace, "-j", "link", "show", port.Bridge!)[0].GetProperty("ifindex").GetInt32(), port.BridgeIndex);
        Check(nameof(port.NetworkNamespace), networkNamespace, port.NetworkNamespace);
        Check(nameof(port.State), Text(bridge, "state"), port.State.ToString().ToLowerInvariant());
        Check(nameof(port.Priority), Number(bridge, "priority"), port.Priority);
        Check(nameof(port.Cost), Number(bridge, "cost"), port.Cost);
        Check(nameof(port.Hairpin), Flag(bridge, "hairpin"), port.Hairpin);
        Check(nameof(port.Guard), Flag(bridge, "guard"), port.Guard);
        Check(nameof(port.RootBlock), Flag(bridge, "root_block"), port.RootBlock);
        Check(nameof(port.FastLeave), Flag(bridge, "fastleave"), port.FastLeave);
        Check(nameof(port.Learning), Flag(bridge, "learning"), port.Learning);
        Check(nameof(port.UnicastFlood), Flag(bridge, "flood"), port.UnicastFlood);
        Check(nameof(port.MulticastFlood), Flag(bridge, "mcast_flood"), port.MulticastFlood);
        Check(nameof(port.BroadcastFlood), Flag(bridge, "bcast_flood"), port.BroadcastFlood);
        Check(nameof(port.MulticastRouter), Number(bridge, "mcast_router"), port.MulticastRouter);
        Check(nameof(port.MulticastToUnicast), Flag(bridge, "mcast_to_unicast"), port.MulticastToUnicast);
        Check(nameof(port.NeighbourSuppression), Flag(bridge, "neigh_suppress"), port.NeighbourSuppression);
        Check(nameof(port.VlanTunnel), Flag(bridge, "vlan_tunnel"), port.VlanTunnel);
        Check(nameof(port.Isolated), Flag(bridge, "isolated"), port.Isolated);
        Check(nameof(port.Locked), Flag(bridge, "locked"), port.Locked);

        // Not every version of bridge tells it.
        if (bridge.TryGetProperty("mab", out JsonElement mab)) Check(nameof(port.MacAuthenticationBypass), mab.GetBoolean(), port.MacAuthenticationBypass);
        Check(nameof(port.ProxyArp), Flag(slave, "proxy_arp"), port.ProxyArp);
        Check(nameof(port.ProxyArpWifi), Flag(slave, "proxy_arp_wifi"), port.ProxyArpWifi);
        Check(nameof(port.GroupForwardMask), Hexadecimal(slave, "group_fwd_mask"), port.GroupForwardMask);
        Check(nameof(port.PortNumber), Hexadecimal(slave, "no"), port.PortNumber);
        Check(nameof(port.PortId), Hexadecimal(slave, "id"), port.PortId);
        Check(nameof(port.RootId), BridgeIdentifier(slave, "root_id"), port.RootId);
        Check(nameof(port.DesignatedBridgeId), BridgeIdentifier(slave, "bridge_id"), port.DesignatedBridgeId);
        Check(nameof(port.DesignatedPort), Number(slave, "designated_port"), port.DesignatedPort);
        Check(nameof(port.DesignatedCost), Number(slave, "designated_cost"), port.DesignatedCost);
        Check(nameof(port.TopologyChangeAcknowledge), Number(slave, "topology_change_ack") != 0, port.TopologyChangeAcknowledge);
        Check(nameof(port.ConfigurationPending), Number(slave, "config_pending") != 0, port.ConfigurationPending);
        string? backup = slave.TryGetProperty("backup_port", out JsonElement name) ? name.GetString() : null;
        Check(nameof(port.BackupPortIndex), backup is null ? null : Json("ip", "-n", networkNamespace, "-j", "link", "show", backup)[0].GetProperty("ifindex").GetInt32(), port.BackupPortIndex);
        Check(nameof(port.IsHairpinEffective), Flag(bridge, "hairpin") && !Flag(bridge, "isolated") && Text(bridge, "state") == "forwarding", port.IsHairpinEffective);
        return differences;

        void Check(string fact, object? expected, object? actual)
        {
            string theirs = string.Create(CultureInfo.InvariantCulture, $"{expected}");
            string ours = string.Create(CultureInfo.InvariantCulture, $"{actual}");
            if (theirs != ours) differences.Add($"{port.Name} {fact}: bridge has '{theirs}', the port has '{ours}'");
        }
    }

    /// <summary>ip leaves out leading zeroes in the address of a bridge's identifier.</summary>
    private static string BridgeIdentifier(JsonElement element, string name)
    {
        string[] parts = Text(element, name)!.Split('.');
        return $"{parts[0]}.{string.Join(':', parts[1].Split(':').Select(b => b.PadLeft(2, '0')))}";
    }

    private static JsonElement Json(string program, params string[] arguments)
    {
        using JsonDocument document = JsonDocument.Parse(Programs.Run(program, arguments));
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement port, string name) => port.GetProperty(name).GetString()!;

    private static long Number(JsonElement port, string name) => port.GetProperty(name).GetInt64();

    private static bool Flag(JsonElement port, string name) => port.GetProperty(name).GetBoolean();

    private static int Hexadecimal(JsonElement port, string name) => Convert.ToInt32(Text(port, name), 16);
}
