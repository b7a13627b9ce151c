using System.Net;

namespace MacvtapTools.Multicast;

/// <summary>Multicast groups that have names (IANA's registries of IPv4 and IPv6 multicast addresses, IEEE 802.1D table 7-10).</summary>
internal static class MulticastName
{
    private static readonly (string Name, string Address)[] Known =
    [
        ("AllHosts", "224.0.0.1"),
        ("AllRouters", "224.0.0.2"),
        ("OSPF", "224.0.0.5"),
        ("OSPFDesignated", "224.0.0.6"),
        ("RIP", "224.0.0.9"),
        ("EIGRP", "224.0.0.10"),
        ("PIM", "224.0.0.13"),
        ("VRRP", "224.0.0.18"),
        ("IGMP", "224.0.0.22"),
        ("GLBP", "224.0.0.102"),
        ("mDNS", "224.0.0.251"),
        ("LLMNR", "224.0.0.252"),
        ("NTP", "224.0.1.1"),
        ("PTP", "224.0.1.129"),
        ("SSDP", "239.255.255.250"),
        ("IPv6AllNodes", "ff02::1"),
        ("IPv6AllRouters", "ff02::2"),
        ("IPv6OSPF", "ff02::5"),
        ("IPv6OSPFDesignated", "ff02::6"),
        ("IPv6RIP", "ff02::9"),
        ("IPv6EIGRP", "ff02::a"),
        ("IPv6SSDP", "ff02::c"),
        ("IPv6PIM", "ff02::d"),
        ("IPv6VRRP", "ff02::12"),
        ("IPv6MLD", "ff02::16"),
        ("IPv6mDNS", "ff02::fb"),
        ("IPv6DHCP", "ff02::1:2"),
        ("IPv6LLMNR", "ff02::1:3"),
        ("STP", "01:80:c2:00:00:00"),
        ("LACP", "01:80:c2:00:00:02"),
        ("LLDP", "01:80:c2:00:00:0e"),
    ];

    private static readonly Dictionary<string, string> Names = Known.ToDictionary(k => MacOf(k.Address), k => k.Name);

    /// <summary>The names, with what each stands for.</summary>
    internal static IReadOnlyList<(string Name, string Address)> All => Known;

    /// <summary>The name of a MAC address, or null.</summary>
    internal static string? Of(string macAddress) => Names.GetValueOrDefault(macAddress);

    /// <summary>The address that a name stands for, upper and lower case alike, or null.</summary>
    internal static string? Find(string name) => Array.Find(Known, k => k.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Address;

    private static string MacOf(string address) => IPAddress.TryParse(address, out IPAddress? ip) ? Route.HardwareAddress.Format(MulticastText.MacOf(ip))! : address;
}
