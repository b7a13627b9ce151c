using System.Buffers.Binary;
using System.Text;

namespace MacvtapTools.Frames;

/// <summary>Reads pcapng files: several sections, either byte order, any resolution of time. Passes over blocks that it does not know.</summary>
internal sealed class PcapngReader : CaptureReader
{
    private const int PacketBody = 20;
    private const int SmallestSection = 28;

    private readonly List<CaptureInterface> _interfaces = [];
    private bool _isBig;

    internal PcapngReader(CaptureStream stream, string name)
        : base(stream, name)
    {
    }

    /// <inheritdoc/>
    internal override EthernetFrame? Next()
    {
        while (true)
        {
            long offset = Stream.Offset;
            ReadOnlySpan<byte> block = NextBlock(offset);
            if (block.IsEmpty) return null;
            uint type = U32(block);
            ReadOnlySpan<byte> body = block[8..^4];
            EthernetFrame? frame = null;
            switch (type)
            {
                case Pcapng.SectionHeader:
                    _interfaces.Clear();
                    break;
                case Pcapng.InterfaceDescription:
                    if (body.Length < 8) throw Invalid(offset, "an interface block is too short");
                    _interfaces.Add(ReadInterface(body, offset));
                    break;
                case Pcapng.EnhancedPacket:
                case Pcapng.OldPacket:
                    frame = ReadPacket(body, type == Pcapng.OldPacket, offset);
                    break;
                case Pcapng.SimplePacket:
                    frame = ReadSimplePacket(body, offset);
                    break;
            }

            Stream.Skip(block.Length);
            if (frame is not null) return frame;
        }
    }

    /// <summary>The next whole block; empty at the end of the file.</summary>
    private ReadOnlySpan<byte> NextBlock(long offset)
    {
        ReadOnlySpan<byte> start = Stream.Peek(Pcapng.BlockFrame);
        if (start.IsEmpty) return [];
        if (start.Length < Pcapng.BlockFrame) throw Invalid(offset, "a block is cut off");

        // The number of a section header reads the same in both byte orders; which one it is comes behind the length.
        if (BinaryPrimitives.ReadUInt32LittleEndian(start) == Pcapng.SectionHeader)
        {
            uint magic = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
            _isBig = magic == BinaryPrimitives.ReverseEndianness(Pcapng.ByteOrderMagic);
            if (!_isBig && magic != Pcapng.ByteOrderMagic) throw Invalid(offset, "a section header lacks the mark of its byte order");
        }

        uint length = U32(start[4..]);
        bool isSection = U32(start) == Pcapng.SectionHeader;
        if (length < (isSection ? SmallestSection : Pcapng.BlockFrame) || length % 4 != 0 || length > Pcapng.LongestBlock) throw Invalid(offset, $"a block of {length} bytes is not possible");
        ReadOnlySpan<byte> block = Stream.Peek((int)length);
        if (block.Length < length) throw Invalid(offset, "a block is cut off");
        if (U32(block[^4..]) != length) throw Invalid(offset, "the two lengths of a block differ");
        if (isSection && U16(block[12..]) != 1) throw Invalid(offset, $"version {U16(block[12..])} of pcapng is not known");
        return block;
    }

    private CaptureInterface ReadInterface(ReadOnlySpan<byte> body, long offset)
    {
        string? name = null;
        byte resolution = CaptureInterface.Microseconds;
        long timeOffset = 0;
        int linkType = U16(body);
        uint snapLength = U32(body[4..]);
        for (ReadOnlySpan<byte> options = body[8..]; NextOption(ref options, out ushort code, out ReadOnlySpan<byte> value);)
        {
            if (code == Pcapng.InterfaceName) name = Encoding.UTF8.GetString(value).TrimEnd('\0');
            if (code == Pcapng.InterfaceResolution && value.Length >= 1) resolution = value[0];
            if (code == Pcapng.InterfaceTimeOffset && value.Length >= 8) timeOffset = (long)(_isBig ? BinaryPrimitives.ReadUInt64BigEndian(value) : BinaryPrimitives.ReadUInt64LittleEndian(value));
        }

        return CaptureInterface.TryCreate(name, linkType, snapLength, resolution, timeOffset) ?? throw Invalid(offset, $"a resolution of time of {resolution} is not possible");
    }

    private EthernetFrame? ReadPacket(ReadOnlySpan<byte> body, bool isOld, long offset)
    {
        if (body.Length < PacketBody) throw Invalid(offset, "the header of a frame is cut off");
        CaptureInterface source = Interface(isOld ? U16(body) : U32(body), offset);
        ulong ticks = ((ulong)U32(body[4..]) << 32) | U32(body[8..]);
        uint length = U32(body[12..]);
        uint original = U32(body[16..]);
        if (length > body.Length - PacketBody) throw Invalid(offset, $"a frame of {length} bytes does not fit into its block");
        if (!source.IsEthernet)
        {
            SkippedCount++;
            return null;
        }

        var direction = FrameDirection.Unknown;
        for (ReadOnlySpan<byte> options = body[Math.Min(body.Length, PacketBody + Pcapng.Padded((int)length))..]; NextOption(ref options, out ushort code, out ReadOnlySpan<byte> value);)
        {
            if (code == Pcapng.PacketFlags && value.Length >= 4 && (U32(value) & 3) is > 0 and < 3 and var bits) direction = (FrameDirection)bits;
        }

        return Frame(body.Slice(PacketBody, (int)length), original, source.Nanoseconds(ticks), source, direction);
    }

    private EthernetFrame? ReadSimplePacket(ReadOnlySpan<byte> body, long offset)
    {
        if (body.Length < 4) throw Invalid(offset, "the header of a frame is cut off");
        CaptureInterface source = Interface(0, offset);
        uint original = U32(body);
        int length = (int)Math.Min(Math.Min(original, source.SnapLength == 0 ? uint.MaxValue : source.SnapLength), (uint)body.Length - 4);
        if (source.IsEthernet) return Frame(body.Slice(4, length), original, 0, source, FrameDirection.Unknown);
        SkippedCount++;
        return null;
    }

    private static EthernetFrame Frame(ReadOnlySpan<byte> bytes, uint original, long time, CaptureInterface source, FrameDirection direction) =>
        new(bytes.ToArray(), (int)Math.Clamp(original, (uint)bytes.Length, int.MaxValue), time, source.Origin, direction);

    private CaptureInterface Interface(uint number, long offset) =>
        number < _interfaces.Count ? _interfaces[(int)number] : throw Invalid(offset, $"a frame is of interface {number}, which the file does not describe");

    /// <summary>Takes the next option off. An option that does not fit ends them: they are extras, and no reason to lose a frame.</summary>
    private bool NextOption(ref ReadOnlySpan<byte> options, out ushort code, out ReadOnlySpan<byte> value)
    {
        code = 0;
        value = default;
        if (options.Length < 4) return false;
        code = U16(options);
        int length = U16(options[2..]);
        if (code == Pcapng.EndOfOptions || length > options.Length - 4) return false;
        value = options.Slice(4, length);
        options = options[Math.Min(options.Length, 4 + Pcapng.Padded(length))..];
        return true;
    }

    private uint U32(ReadOnlySpan<byte> bytes) => _isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ushort U16(ReadOnlySpan<byte> bytes) => _isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
