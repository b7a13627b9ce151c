using System.Buffers.Binary;
using System.Net;
using MacvtapTools.Route;

namespace MacvtapTools.Tests.Protection;

/// <summary>Frames, put together byte by byte.</summary>
internal static class WireFrame
{
    internal const string Guest = "02:00:00:00:00:01";
    internal const string Other = "02:00:00:00:00:02";
    internal const string Router = "02:00:00:00:00:fe";
    internal const string Broadcast = "ff:ff:ff:ff:ff:ff";

    internal static byte[] Mac(string text) => HardwareAddress.TryParse(text, out byte[]? bytes) ? bytes : throw new ArgumentException(text);

    internal static byte[] Ethernet(int type, byte[] payload, string source = Guest, string destination = Router, params int[] tags) =>
        [.. Mac(destination), .. Mac(source), .. tags.SelectMany(t => (byte[])[.. Half(t), 0, 5]), .. Half(type), .. payload];

    internal static byte[] Arp(string sender, string target, int operation = 1) =>
        [0, 1, 8, 0, 6, 4, .. Half(operation), .. Mac(Guest), .. Address(sender), 0, 0, 0, 0, 0, 0, .. Address(target)];

    internal static byte[] Four(int protocol, byte[] payload, int fragment = 0, int options = 0) =>
        [(byte)(0x45 + options), 0, .. Half(20 + (options * 4) + payload.Length), 0, 0, .. Half(fragment), 64, (byte)protocol, 0, 0, 10, 0, 0, 5, 10, 0, 0, 9, .. new byte[options * 4], .. payload];

    internal static byte[] Udp(int from, int to) => [.. Half(from), .. Half(to), 0, 8, 0, 0];

    internal static byte[] Six(int next, byte[] payload, string source = "fe80::1") =>
        [0x60, 0, 0, 0, .. Half(payload.Length), (byte)next, 255, .. Address(source), .. Address("ff02::1"), .. payload];

    internal static byte[] Icmp(int type, string target = "fe80::1") => [(byte)type, 0, 0, 0, 0, 0, 0, 0, .. Address(target)];

    /// <summary>An extension header of eight bytes, or more.</summary>
    internal static byte[] Extension(int next, byte[] inner, int eights = 0) => [(byte)next, (byte)eights, .. new byte[6 + (eights * 8)], .. inner];

    internal static byte[] Authentication(int next, byte[] inner) => [(byte)next, 4, .. new byte[22], .. inner];

    internal static byte[] FragmentHeader(int next, byte[] inner, int offset = 0) => [(byte)next, 0, .. Half((offset << 3) | 1), 0, 0, 0, 7, .. inner];

    private static byte[] Address(string text) => IPAddress.Parse(text).GetAddressBytes();

    private static byte[] Half(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
