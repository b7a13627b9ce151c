using System.Buffers.Binary;
using MacvtapTools.Route;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Ethernet frames of a type that nobody else uses, with a number in them.</summary>
internal static class TestFrames
{
    internal const string Broadcast = "ff:ff:ff:ff:ff:ff";

    private const ushort LocalExperimental = 0x88b5; // IEEE 802, for experiments
    private const int Length = 60;
    private const int TypeOffset = 12;
    private const int NumberOffset = 14;

    internal static byte[] Make(string destination, string source, byte number)
    {
        byte[] frame = new byte[Length];
        Bytes(destination).CopyTo(frame, 0);
        Bytes(source).CopyTo(frame, HardwareAddress.EthernetLength);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(TypeOffset), LocalExperimental);
        frame[NumberOffset] = number;
        return frame;
    }

    /// <summary>Whether a frame is one of these.</summary>
    internal static bool Is(ReadOnlySpan<byte> frame, byte number) =>
        frame.Length > NumberOffset && BinaryPrimitives.ReadUInt16BigEndian(frame[TypeOffset..]) == LocalExperimental && frame[NumberOffset] == number;

    private static byte[] Bytes(string address) =>
        HardwareAddress.TryParse(address, out byte[]? bytes) ? bytes : throw new ArgumentException($"'{address}' is no MAC address.", nameof(address));
}
