using MacvtapTools.Multicast;

namespace MacvtapTools;

/// <summary>A multicast group that a link lets in, by its MAC address.</summary>
public sealed class LinkMulticastGroup
{
    internal LinkMulticastGroup(Link link, string macAddress, bool? isStatic)
    {
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        MacAddress = macAddress;
        IsStatic = isStatic;
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The group's MAC address, lower-case hex with colons.</summary>
    public string MacAddress { get; }

    /// <summary>What the group is commonly called ("mDNS", "VRRP", "IPv6AllNodes"); null where it has no such name. Thirty-two IPv4 groups share a MAC address; this is the best known of them.</summary>
    public string? Group => MulticastName.Of(MacAddress);

    /// <summary>True where somebody added it by hand (this module, bridge fdb, ip maddr); false where only the host joined it (its own IP, or a link on top); null where the kernel does not show it.</summary>
    public bool? IsStatic { get; }

    /// <summary>The network namespace as it was named when the link was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The MAC address.</summary>
    public override string ToString() => MacAddress;
}
