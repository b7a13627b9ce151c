using System.Globalization;

namespace MacvtapTools.Frames;

/// <summary>Names and numbers of what Ethernet frames carry (include/uapi/linux/if_ether.h; the registry of IEEE).</summary>
internal static class EtherType
{
    internal const ushort IPv4 = 0x0800;
    internal const ushort Arp = 0x0806;
    internal const ushort Vlan = 0x8100;
    internal const ushort IPv6 = 0x86DD;
    internal const ushort ServiceVlan = 0x88A8;
    internal const ushort OldServiceVlan = 0x9100;

    /// <summary>Smaller numbers are no type but the length of an LLC frame (IEEE 802.3, 3.2.6).</summary>
    internal const ushort Smallest = 0x0600;

    /// <summary>How frames with a length instead of a type are called.</summary>
    internal const string Llc = "LLC";

    /// <summary>The names that are shown and understood, with their numbers and a word on each.</summary>
    internal static IReadOnlyList<(string Name, ushort Number, string What)> Known { get; } =
    [
        ("ARP", Arp, "address resolution"),
        ("AVTP", 0x22F0, "audio and video transport"),
        ("EAPOL", 0x888E, "port authentication, 802.1X"),
        ("ECP", 0x8940, "edge control, 802.1Qbg"),
        ("FCoE", 0x8906, "Fibre Channel"),
        ("IPv4", IPv4, "internet protocol 4"),
        ("IPv6", IPv6, "internet protocol 6"),
        ("IPX", 0x8137, "Novell"),
        ("LLDP", 0x88CC, "link layer discovery"),
        ("Loopback", 0x9000, "configuration test"),
        ("MACsec", 0x88E5, "encrypted frames, 802.1AE"),
        ("MPLS", 0x8847, "label switching"),
        ("MRP", 0x88E3, "media redundancy"),
        ("Pause", 0x8808, "flow control"),
        ("PPPoE", 0x8864, "PPP session"),
        ("PPPoED", 0x8863, "PPP discovery"),
        ("PROFINET", 0x8892, "industrial automation"),
        ("PTP", 0x88F7, "precision time"),
        ("QinQ", ServiceVlan, "service VLAN tag, 802.1ad"),
        ("RARP", 0x8035, "reverse address resolution"),
        ("Slow", 0x8809, "LACP and other slow protocols"),
        ("VLAN", Vlan, "VLAN tag, 802.1Q"),
        ("WakeOnLan", 0x0842, "magic packet"),
    ];

    private static readonly Dictionary<ushort, string> Names = Known.ToDictionary(k => k.Number, k => k.Name);

    /// <summary>The name of a number: "IPv4", "LLC" for a length, "0x88b5" for what has no name here.</summary>
    internal static string NameOf(ushort number) =>
        Names.TryGetValue(number, out string? name) ? name : number < Smallest ? Llc : $"0x{number:x4}";

    /// <summary>Reads a name, or a number: 0x88b5, 34997.</summary>
    internal static bool TryParse(string? text, out ushort number)
    {
        number = 0;
        if (string.IsNullOrWhiteSpace(text)) return false;
        foreach ((string name, ushort known, _) in Known)
        {
            if (!name.Equals(text, StringComparison.OrdinalIgnoreCase)) continue;
            number = known;
            return true;
        }

        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ushort.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Whether a number marks a VLAN tag.</summary>
    internal static bool IsTag(ushort number) => number is Vlan or ServiceVlan or OldServiceVlan;
}
