using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MacvtapTools.Frames;

/// <summary>What an IP packet says: addresses (RFC 791, RFC 8200), and what it carries.</summary>
internal static class InternetSummary
{
    private const int SmallestV4Header = 20;
    private const int V6HeaderLength = 40;
    private const int HopByHop = 0;
    private const int Routing = 43;
    private const int Fragment = 44;
    private const int Authentication = 51;
    private const int DestinationOptions = 60;
    private const int FragmentHeaderLength = 8;

    /// <summary>An IPv4 packet; null where it is none.</summary>
    internal static string? V4(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < SmallestV4Header || packet[0] >> 4 != 4) return null;
        int headerLength = (packet[0] & 15) * 4;
        if (headerLength < SmallestV4Header) return null;
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var source = new IPAddress(packet.Slice(12, 4));
        var destination = new IPAddress(packet.Slice(16, 4));
        int fragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) * 8;
        int protocol = packet[9];

        // Frames shorter than 60 bytes are padded; only the packet's own length tells what is data. It is 0 where the kernel left segmentation to the device.
        int stated = (totalLength == 0 ? packet.Length : totalLength) - headerLength;
        ReadOnlySpan<byte> content = headerLength <= packet.Length ? packet[headerLength..] : [];
        return Carried(source, destination, protocol, fragment, Cut(content, stated), stated);
    }

    /// <summary>An IPv6 packet; null where it is none.</summary>
    internal static string? V6(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < V6HeaderLength || packet[0] >> 4 != 6) return null;
        int payloadLength = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        int next = packet[6];
        var source = new IPAddress(packet.Slice(8, 16));
        var destination = new IPAddress(packet.Slice(24, 16));
        int stated = payloadLength == 0 ? packet.Length - V6HeaderLength : payloadLength;
        ReadOnlySpan<byte> content = Cut(packet[V6HeaderLength..], stated);
        int fragment = 0;
        while (next is HopByHop or Routing or Fragment or Authentication or DestinationOptions && content.Length >= FragmentHeaderLength)
        {
            int length = next switch
            {
                Fragment => FragmentHeaderLength,
                Authentication => (content[1] + 2) * 4,
                _ => (content[1] + 1) * 8,
            };
            if (next == Fragment) fragment = BinaryPrimitives.ReadUInt16BigEndian(content[2..]) & 0xFFF8;
            next = content[0];
            stated -= length;
            content = length <= content.Length ? content[length..] : [];
            if (fragment > 0) break;
        }

        return Carried(source, destination, next, fragment, content, stated);
    }

    /// <summary>An address with a port: brackets where the address itself has colons.</summary>
    internal static string WithPort(IPAddress address, int port) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]:{port}" : $"{address}:{port}";

    private static string Carried(IPAddress source, IPAddress destination, int protocol, int fragment, ReadOnlySpan<byte> content, int stated)
    {
        string name = NameOf(protocol);
        int length = Math.Max(0, stated);
        if (fragment > 0) return $"{name} {source} > {destination} fragment at {fragment}, {length} bytes";
        return TransportSummary.Of(protocol, source, destination, content, length) ?? $"{name} {source} > {destination}, {length} bytes";
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> content, int stated) => stated >= 0 && stated < content.Length ? content[..stated] : content;

    // Assigned Internet Protocol Numbers (IANA), those that a host commonly sees.
    private static string NameOf(int protocol) => protocol switch
    {
        1 => "ICMP",
        2 => "IGMP",
        4 => "IPIP",
        6 => "TCP",
        17 => "UDP",
        41 => "IPv6 in IP",
        47 => "GRE",
        50 => "ESP",
        51 => "AH",
        58 => "ICMPv6",
        59 => "IPv6 without content",
        89 => "OSPF",
        103 => "PIM",
        112 => "VRRP",
        132 => "SCTP",
        136 => "UDP-Lite",
        _ => $"IP protocol {protocol}",
    };
}
