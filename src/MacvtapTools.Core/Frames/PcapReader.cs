using System.Buffers.Binary;

namespace MacvtapTools.Frames;

/// <summary>Reads classic pcap files of either byte order, with microseconds or nanoseconds.</summary>
internal sealed class PcapReader : CaptureReader
{
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    private readonly bool _isBig;
    private readonly int _unit;

    internal PcapReader(CaptureStream stream, string name, bool isBig)
        : base(stream, name)
    {
        _isBig = isBig;
        ReadOnlySpan<byte> header = stream.Peek(FileHeader);
        if (header.Length < FileHeader) throw Invalid(0, "its header is cut off");
        _unit = U32(header) == Pcapng.ClassicNanoseconds ? 1 : 1000;
        uint linkType = U32(header[20..]) & 0xFFFF;
        if (linkType != Pcapng.LinkTypeEthernet) throw Invalid(20, $"its frames are of link type {linkType}, not Ethernet (1)");
        stream.Skip(FileHeader);
    }

    /// <inheritdoc/>
    internal override EthernetFrame? Next()
    {
        long offset = Stream.Offset;
        ReadOnlySpan<byte> header = Stream.Peek(RecordHeader);
        if (header.IsEmpty) return null;
        if (header.Length < RecordHeader) throw Invalid(offset, "the header of a frame is cut off");
        long time = (U32(header) * 1_000_000_000L) + ((long)U32(header[4..]) * _unit);
        uint length = U32(header[8..]);
        uint original = U32(header[12..]);
        if (length > Pcapng.LongestBlock) throw Invalid(offset, $"a frame of {length} bytes is not possible");
        ReadOnlySpan<byte> record = Stream.Peek(RecordHeader + (int)length);
        if (record.Length < RecordHeader + length) throw Invalid(offset, "a frame is cut off");
        byte[] bytes = record[RecordHeader..].ToArray();
        Stream.Skip(record.Length);
        return new EthernetFrame(bytes, (int)Math.Clamp(original, (uint)bytes.Length, int.MaxValue), time, FrameOrigin.None, FrameDirection.Unknown);
    }

    private uint U32(ReadOnlySpan<byte> bytes) => _isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
