using System.Buffers.Binary;
using MacvtapTools.Route;

namespace MacvtapTools.Forwarding;

/// <summary>MAC addresses as numbers, first byte highest, for quick comparison.</summary>
internal static class MacNumber
{
    internal const ulong Broadcast = 0xffff_ffff_ffff;

    /// <summary>01:80:c2:00:00:00 to 01:80:c2:00:00:0f: IEEE 802.1D keeps them for the switch itself.</summary>
    private const ulong FirstReserved = 0x0180_c200_0000;

    private const ulong LastReserved = 0x0180_c200_000f;

    /// <summary>The number of an address; 0 where there is none, or not of six bytes.</summary>
    internal static ulong Of(string? text) => HardwareAddress.TryParse(text, out byte[]? bytes) ? Of(bytes) : 0;

    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        foreach (byte b in bytes) number = (number << 8) | b;
        return number;
    }

    internal static string Text(ulong number) => HardwareAddress.Format(Bytes(number))!;

    internal static byte[] Bytes(ulong number)
    {
        byte[] all = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(all, number);
        return all[2..];
    }

    internal static bool IsReserved(ulong number) => number is >= FirstReserved and <= LastReserved;
}
