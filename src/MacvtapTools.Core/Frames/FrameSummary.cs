using System.Buffers.Binary;
using System.Net;
using MacvtapTools.Route;

namespace MacvtapTools.Frames;

/// <summary>One line about a frame. Reads only what it shows, and believes no length that a frame states.</summary>
internal static class FrameSummary
{
    private const int IPv4AddressLength = 4;

    /// <summary>The line.</summary>
    internal static string Of(EthernetFrame frame)
    {
        int offset = frame.InnerTypeOffset;
        if (offset < 0) return $"{frame.Length} bytes, too few for a frame";
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame.Data[offset..]);
        ReadOnlySpan<byte> payload = frame.Data[(offset + 2)..];
        string text = type switch
        {
            EtherType.Arp => Arp(payload) ?? Other(type, payload),
            EtherType.IPv4 => InternetSummary.V4(payload) ?? Other(type, payload),
            EtherType.IPv6 => InternetSummary.V6(payload) ?? Other(type, payload),
            _ => Other(type, payload),
        };
        return frame.VlanId is { } vlan ? $"VLAN {vlan}: {text}" : text;
    }

    private static string Other(ushort type, ReadOnlySpan<byte> payload) => $"{EtherType.NameOf(type)}, {payload.Length} bytes";

    /// <summary>ARP for IPv4 over Ethernet (RFC 826, RFC 5227); null for any other.</summary>
    private static string? Arp(ReadOnlySpan<byte> packet)
    {
        const int Length = 28;
        if (packet.Length < Length || packet[4] != EthernetFrame.AddressLength || packet[5] != IPv4AddressLength || BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) != EtherType.IPv4)
            return null;
        int operation = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        ReadOnlySpan<byte> senderBytes = packet.Slice(14, IPv4AddressLength);
        ReadOnlySpan<byte> targetBytes = packet.Slice(24, IPv4AddressLength);
        string sender = new IPAddress(senderBytes).ToString();
        string target = new IPAddress(targetBytes).ToString();
        string? senderAddress = HardwareAddress.Format(packet.Slice(8, EthernetFrame.AddressLength));
        return operation switch
        {
            1 when senderBytes.SequenceEqual(targetBytes) => $"ARP {sender} is at {senderAddress}, announced",
            1 when senderBytes.IndexOfAnyExcept((byte)0) < 0 => $"ARP who has {target}, probed by {senderAddress}",
            1 => $"ARP who has {target}, tell {sender}",
            2 => $"ARP {sender} is at {senderAddress}",
            _ => $"ARP operation {operation}, {sender} to {target}",
        };
    }
}
