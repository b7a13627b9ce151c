using System.Buffers.Binary;
using System.Net;

namespace MacvtapTools.Guest.Tests;

/// <summary>Frames that a guest has no business to send, whole and with correct checksums: a host that gets them believes them. The sender puts in its MAC address.</summary>
internal static class ForgedFrames
{
    /// <summary>The link-local address that the false router claims.</summary>
    internal const string Router = "fe80::66";

    private const int Udp = 17;
    private const int Icmp6 = 58;

    /// <summary>A frame to everybody in which nothing is false but its sender, once that is put in (its EtherType is one for experiments).</summary>
    internal static byte[] Hello() => [255, 255, 255, 255, 255, 255, .. new byte[6], 0x88, 0xb5, .. new byte[46]];

    /// <summary>A lease that a DHCP server offers to everybody.</summary>
    internal static byte[] Lease()
    {
        IPAddress server = IPAddress.Parse("10.99.0.1");
        byte[] offer = new byte[300]; // RFC 2131, figure 1
        (offer[0], offer[1], offer[2]) = (2, 1, 6); // BOOTREPLY, Ethernet, addresses of 6 bytes
        "\x0A\x63\x00\x63"u8.CopyTo(offer.AsSpan(16)); // yours is 10.99.0.99
        ((ReadOnlySpan<byte>)[99, 130, 83, 99, 53, 1, 2, 54, 4, .. server.GetAddressBytes(), 255]).CopyTo(offer.AsSpan(236)); // magic cookie, DHCPOFFER, server, end
        byte[] datagram = [0, 67, 0, 68, .. Number(8 + offer.Length), 0, 0, .. offer];
        byte[] header = [0x45, 0, .. Number(20 + datagram.Length), 0, 0, 0, 0, 64, Udp, 0, 0, .. server.GetAddressBytes(), 255, 255, 255, 255];
        Checksum(header).CopyTo(header, 10);
        return [255, 255, 255, 255, 255, 255, .. new byte[6], 0x08, 0x00, .. header, .. datagram];
    }

    /// <summary>A router advertisement to all hosts, for half an hour (RFC 4861, 4.2).</summary>
    internal static byte[] RouterAdvertisement()
    {
        byte[] from = IPAddress.Parse(Router).GetAddressBytes();
        byte[] to = IPAddress.Parse("ff02::1").GetAddressBytes();
        byte[] message = [134, 0, 0, 0, 64, 0, .. Number(1800), 0, 0, 0, 0, 0, 0, 0, 0];
        Checksum([.. from, .. to, 0, 0, .. Number(message.Length), 0, 0, 0, Icmp6, .. message]).CopyTo(message, 2);
        return [0x33, 0x33, 0, 0, 0, 1, .. new byte[6], 0x86, 0xdd, 0x60, 0, 0, 0, .. Number(message.Length), Icmp6, 255, .. from, .. to, .. message];
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    /// <summary>The Internet checksum (RFC 1071).</summary>
    private static byte[] Checksum(byte[] bytes)
    {
        int sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(i));
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return Number(~sum);
    }
}
