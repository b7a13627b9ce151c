namespace MacvtapTools.Bridging;

/// <summary>An interface of an Open vSwitch bridge, as its database has it (ovs-vswitchd.conf.db(5)).</summary>
/// <param name="Name">The interface's name.</param>
/// <param name="Bridge">The bridge's name.</param>
/// <param name="BridgeIndex">The interface index of the bridge's local port; null where it has none.</param>
/// <param name="OpenFlowPort">The number by which flows name it: 1 to 65279, and 65534 for the bridge's own.</param>
/// <param name="InterfaceIndex">The interface index, in the namespace of ovs-vswitchd; null where there is none.</param>
/// <param name="MacAddress">The address as the switch sees it.</param>
/// <param name="IsForwarding">Whether it is switched on, has a carrier, and is not held by a spanning tree.</param>
/// <param name="IsPlain">Whether every frame counts alike there: it is in no VLAN, not protected from other ports, and no member of a bond.</param>
internal sealed record OpenVswitchPort(
    string Name, string Bridge, int? BridgeIndex, int OpenFlowPort, int? InterfaceIndex, string? MacAddress, bool IsForwarding, bool IsPlain = true)
{
    /// <summary>Whether a link is this interface. The switch works in one network namespace, and names and indexes repeat in others; the address tells them apart.</summary>
    internal bool Is(Link link) =>
        Name == link.Name && InterfaceIndex == link.InterfaceIndex && string.Equals(MacAddress, link.MacAddress, StringComparison.OrdinalIgnoreCase);
}
