using System.Buffers.Binary;
using MacvtapTools.Route;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>IPv4 packets, on their own or in Ethernet frames.</summary>
internal static class IPFrames
{
    internal const int EthernetLength = 14;
    internal const int IPLength = 20;
    internal const int TcpLength = 20;

    private const ushort IPv4 = 0x0800;
    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte UdpProtocol = 17;

    /// <summary>A UDP datagram in a frame; the source port makes the flow.</summary>
    internal static byte[] Udp(string destination, string source, ushort port)
    {
        byte[] frame = Ethernet(destination, source, IPLength + 8 + 18);
        Span<byte> packet = frame.AsSpan(EthernetLength);
        Header(packet, UdpProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(packet[20..], port);
        BinaryPrimitives.WriteUInt16BigEndian(packet[22..], 9);
        BinaryPrimitives.WriteUInt16BigEndian(packet[24..], 8 + 18);
        return frame;
    }

    /// <summary>The source port of such a frame; null for others.</summary>
    internal static int? UdpPort(ReadOnlySpan<byte> frame) =>
        frame.Length >= EthernetLength + IPLength + 8 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == IPv4 && frame[EthernetLength + 9] == UdpProtocol
            ? BinaryPrimitives.ReadUInt16BigEndian(frame[34..])
            : null;

    /// <summary>Whether a frame carries TCP over IPv4.</summary>
    internal static bool IsTcp(ReadOnlySpan<byte> frame) =>
        frame.Length >= EthernetLength + IPLength + TcpLength && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == IPv4 && frame[EthernetLength + 9] == Tcp;

    /// <summary>A TCP segment with a vnet header before it that asks to divide it.</summary>
    /// <param name="destination">MAC address.</param>
    /// <param name="source">MAC address.</param>
    /// <param name="length">The length of the frame, without the vnet header.</param>
    /// <param name="segment">How much payload each part shall have.</param>
    /// <param name="headerSize">The size of the vnet header.</param>
    internal static byte[] TcpToDivide(string destination, string source, int length, int segment, int headerSize)
    {
        byte[] whole = new byte[headerSize + length];
        byte[] frame = Ethernet(destination, source, length - EthernetLength);
        Span<byte> packet = frame.AsSpan(EthernetLength);
        Header(packet, Tcp);
        packet[32] = 0x50; // header of 5 words
        packet[33] = 0x10; // ACK
        for (int i = IPLength + TcpLength; i < packet.Length; i++) packet[i] = (byte)i;
        frame.CopyTo(whole, headerSize);
        whole[0] = 1; // VIRTIO_NET_HDR_F_NEEDS_CSUM
        whole[1] = 1; // VIRTIO_NET_HDR_GSO_TCPV4
        BitConverter.TryWriteBytes(whole.AsSpan(2), (ushort)(EthernetLength + IPLength + TcpLength));
        BitConverter.TryWriteBytes(whole.AsSpan(4), (ushort)segment);
        BitConverter.TryWriteBytes(whole.AsSpan(6), (ushort)(EthernetLength + IPLength));
        BitConverter.TryWriteBytes(whole.AsSpan(8), (ushort)16);
        return whole;
    }

    /// <summary>An echo request from 10.0.0.2 to 10.0.0.1.</summary>
    internal static byte[] EchoRequest(ushort number)
    {
        byte[] packet = new byte[IPLength + 8];
        Header(packet, Icmp);
        packet[20] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(26), number);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), Checksum(packet.AsSpan(20)));
        return packet;
    }

    /// <summary>Whether a packet is the reply to such a request.</summary>
    internal static bool IsEchoReply(ReadOnlySpan<byte> packet, ushort number) =>
        packet.Length >= IPLength + 8 && packet[0] >> 4 == 4 && packet[9] == Icmp && packet[20] == 0 && BinaryPrimitives.ReadUInt16BigEndian(packet[26..]) == number;

    private static byte[] Ethernet(string destination, string source, int payload)
    {
        byte[] frame = new byte[EthernetLength + payload];
        Bytes(destination).CopyTo(frame, 0);
        Bytes(source).CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), IPv4);
        return frame;
    }

    private static byte[] Bytes(string address) =>
        HardwareAddress.TryParse(address, out byte[]? bytes) ? bytes : throw new ArgumentException($"'{address}' is no MAC address.", nameof(address));

    private static void Header(Span<byte> packet, byte protocol)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        new byte[] { 10, 0, 0, 2, 10, 0, 0, 1 }.CopyTo(packet[12..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum(packet[..IPLength]));
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < bytes.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
