using System.Buffers.Binary;
using System.Net;

namespace MacvtapTools.Frames;

/// <summary>What UDP, TCP, ICMP and ICMPv6 say.</summary>
internal static class TransportSummary
{
    private const int SmallestTcpHeader = 20;
    private const int UdpHeaderLength = 8;
    private const int SmallestIcmp = 4;
    private const int NeighbourMessage = 24;

    private static readonly string[] TcpFlags = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    /// <summary>The line; null for other protocols, and where the header is cut off.</summary>
    /// <param name="protocol">The number that the IP header gives.</param>
    /// <param name="source">The sender.</param>
    /// <param name="destination">The receiver.</param>
    /// <param name="content">What is there of the IP packet's content.</param>
    /// <param name="length">How long the content says it is.</param>
    internal static string? Of(int protocol, IPAddress source, IPAddress destination, ReadOnlySpan<byte> content, int length) => protocol switch
    {
        6 when content.Length >= SmallestTcpHeader => Tcp(source, destination, content, length),
        17 when content.Length >= UdpHeaderLength => Udp(source, destination, content),
        1 when content.Length >= SmallestIcmp => $"ICMP {source} > {destination} {Icmp(content)}",
        58 when content.Length >= SmallestIcmp => $"ICMPv6 {source} > {destination} {IcmpV6(content)}",
        _ => null,
    };

    private static string Tcp(IPAddress source, IPAddress destination, ReadOnlySpan<byte> segment, int length)
    {
        int flags = segment[13];
        string names = string.Join(' ', TcpFlags.Where((_, bit) => (flags & (1 << bit)) != 0));
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        uint acknowledged = BinaryPrimitives.ReadUInt32BigEndian(segment[8..]);
        int data = Math.Max(0, length - ((segment[12] >> 4) * 4));
        string acknowledgement = (flags & 0x10) != 0 ? $" ack {acknowledged}" : string.Empty;
        return $"TCP {Ends(source, destination, segment)} [{names}] seq {sequence}{acknowledgement}, {data} bytes";
    }

    private static string Udp(IPAddress source, IPAddress destination, ReadOnlySpan<byte> datagram)
    {
        // 0 stands for more than 65,535 bytes (RFC 2675), or for what is left where the device is to divide it.
        int stated = BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
        int data = Math.Max(0, (stated == 0 ? datagram.Length : stated) - UdpHeaderLength);
        return $"UDP {Ends(source, destination, datagram)}, {data} bytes";
    }

    private static string Ends(IPAddress source, IPAddress destination, ReadOnlySpan<byte> header) =>
        $"{InternetSummary.WithPort(source, BinaryPrimitives.ReadUInt16BigEndian(header))} > {InternetSummary.WithPort(destination, BinaryPrimitives.ReadUInt16BigEndian(header[2..]))}";

    // Types and codes: RFC 792, and the registry of IANA.
    private static string Icmp(ReadOnlySpan<byte> message) => (message[0], message[1]) switch
    {
        (0, _) => $"echo reply{Echo(message)}",
        (8, _) => $"echo request{Echo(message)}",
        (3, 0) => "network unreachable",
        (3, 1) => "host unreachable",
        (3, 2) => "protocol unreachable",
        (3, 3) => "port unreachable",
        (3, 4) => "too big",
        (3, 13) => "prohibited",
        (3, var code) => $"unreachable, code {code}",
        (5, _) => "redirect",
        (9, _) => "router advertisement",
        (10, _) => "router solicitation",
        (11, _) => "time exceeded",
        (12, _) => "parameter problem",
        var (type, code) => $"type {type} code {code}",
    };

    // RFC 4443, RFC 4861, RFC 3810.
    private static string IcmpV6(ReadOnlySpan<byte> message) => (message[0], message[1]) switch
    {
        (1, 0) => "no route",
        (1, 1) => "prohibited",
        (1, 3) => "address unreachable",
        (1, 4) => "port unreachable",
        (1, var code) => $"unreachable, code {code}",
        (2, _) => "too big",
        (3, _) => "time exceeded",
        (4, _) => "parameter problem",
        (128, _) => $"echo request{Echo(message)}",
        (129, _) => $"echo reply{Echo(message)}",
        (130, _) => "multicast listener query",
        (131, _) => "multicast listener report",
        (132, _) => "multicast listener done",
        (133, _) => "router solicitation",
        (134, _) => "router advertisement",
        (135, _) when message.Length >= NeighbourMessage => $"who has {new IPAddress(message.Slice(8, 16))}",
        (136, _) when message.Length >= NeighbourMessage => $"here is {new IPAddress(message.Slice(8, 16))}",
        (137, _) => "redirect",
        (143, _) => "multicast listener report",
        var (type, code) => $"type {type} code {code}",
    };

    private static string Echo(ReadOnlySpan<byte> message) => message.Length >= 8
        ? $" id {BinaryPrimitives.ReadUInt16BigEndian(message[4..])} seq {BinaryPrimitives.ReadUInt16BigEndian(message[6..])}"
        : string.Empty;
}
