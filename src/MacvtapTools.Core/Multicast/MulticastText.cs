using System.Net;
using System.Net.Sockets;
using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Multicast;

/// <summary>Multicast groups as users write them: a name, a MAC address, or an IPv4 or IPv6 address.</summary>
internal static class MulticastText
{
    /// <summary>The MAC address of a group.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid: it is none of these, or a unicast address.</exception>
    internal static byte[] Parse(string text)
    {
        if (MulticastName.Find(text) is { } known) text = known;

        // 525400123456 is a MAC address to us and could be taken for an IPv4 address in one number, so MAC addresses come first.
        if (HardwareAddress.TryParse(text, out byte[]? address))
        {
            if (HardwareAddress.IsMulticast(address)) return address;
            throw Invalid(
                text,
                "is a unicast address, not a group",
                "A group's MAC address has the lowest bit of its first byte set, such as 01:00:5e:00:00:fb or 33:33:00:00:00:01. The link's own address is set with Set-Link -MacAddress.");
        }

        bool isWrittenOut = text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3;
        if (!isWrittenOut || !IPAddress.TryParse(text, out IPAddress? ip))
            throw Invalid(text, "is not a multicast group", $"Write a MAC address (01:00:5e:00:00:fb), an IPv4 or IPv6 address (224.0.0.251, ff02::fb) or a name: {string.Join(", ", MulticastName.All.Select(k => k.Name))}.");
        if (IsMulticast(ip)) return MacOf(ip);
        throw Invalid(
            text,
            "is a unicast address, not a group",
            ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"For neighbours to find it, its group is {SolicitedNode(ip)}." : "IPv4 groups are 224.0.0.0 to 239.255.255.255.");
    }

    /// <summary>The MAC address of an IP group: RFC 1112 section 6.4 (the last 23 bits), RFC 2464 section 7 (the last four bytes).</summary>
    internal static byte[] MacOf(IPAddress group)
    {
        byte[] bytes = group.GetAddressBytes();
        return group.AddressFamily == AddressFamily.InterNetwork
            ? [0x01, 0x00, 0x5e, (byte)(bytes[1] & 0x7f), bytes[2], bytes[3]]
            : [0x33, 0x33, .. bytes.AsSpan(12)];
    }

    private static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : (address.GetAddressBytes()[0] & 0xf0) == 0xe0;

    /// <summary>The group that others ask for a neighbour's MAC address (RFC 4291 section 2.7.1).</summary>
    private static IPAddress SolicitedNode(IPAddress address)
    {
        byte[] group = IPAddress.Parse("ff02::1:ff00:0").GetAddressBytes();
        address.GetAddressBytes().AsSpan(13).CopyTo(group.AsSpan(13));
        return new IPAddress(group);
    }

    private static MacvtapException Invalid(string text, string why, string advice) => new(FailureId.MacAddressInvalid, $"'{text}' {why}.", advice, text);
}
