using System.Buffers.Binary;
using MacvtapTools.Route;

namespace MacvtapTools.Forwarding;

/// <summary>A frame that nobody else sends and no guest understands: EtherType 0x88B5 (IEEE 802, local experimental), a number that tells this run from others, and a number of its own.</summary>
internal static class ProbeFrame
{
    internal const ushort EtherType = 0x88b5;
    internal const int TypeOffset = 12;
    internal const int RunOffset = 14;
    internal const int Length = 60;

    private const int NumberOffset = 18;
    private const int TextOffset = 22;

    internal static byte[] Make(ulong destination, ulong source, uint run, uint number)
    {
        byte[] frame = new byte[Length];
        MacNumber.Bytes(destination).CopyTo(frame, 0);
        MacNumber.Bytes(source).CopyTo(frame, HardwareAddress.EthernetLength);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(TypeOffset), EtherType);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(RunOffset), run);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(NumberOffset), number);
        "MacvtapTools reachability probe"u8.CopyTo(frame.AsSpan(TextOffset));
        return frame;
    }

    internal static uint NumberOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt32BigEndian(frame[NumberOffset..]);
}
