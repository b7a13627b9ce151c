using System.Buffers.Binary;
using System.Text;

namespace MacvtapTools.Frames;

/// <summary>
/// Writes frames as pcapng: one section, an interface block for each link, nanoseconds, little-endian. Only whole blocks go to the stream, so what is there stays
/// readable wherever the writing ends. Holds one buffer and no frame.
/// </summary>
internal sealed class PcapngWriter
{
    private const int BufferSize = 1 << 20;
    private const int PacketHeader = 28;
    private const int FlagsOption = 12; // with the end of options

    private readonly Stream _stream;
    private readonly Dictionary<FrameOrigin, int> _interfaces = [];
    private byte[] _buffer = new byte[BufferSize];
    private int _used;

    // Where the stream ended after the last flush that it took whole, and how many frames and bytes it had then.
    private long _end;
    private (long Frames, long Bytes) _kept;

    /// <summary>Begins a section.</summary>
    /// <param name="stream">Where to write; stays open.</param>
    internal PcapngWriter(Stream stream)
    {
        _stream = stream;
        _end = stream.CanSeek ? stream.Position : 0;
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Pcapng.ByteOrderMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], -1); // the section's length is not known before its end
        WriteBlock(Pcapng.SectionHeader, header, Options(
            (Pcapng.SectionSystem, Encoding.UTF8.GetBytes(Environment.OSVersion.VersionString)),
            (Pcapng.SectionApplication, Encoding.UTF8.GetBytes($"MacvtapTools {typeof(PcapngWriter).Assembly.GetName().Version?.ToString(3)}"))));
    }

    /// <summary>Whether the stream refused a write. It ends behind the last whole block then, and gets nothing more.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>How many frames were written.</summary>
    internal long FrameCount { get; private set; }

    /// <summary>How many bytes of frames were written.</summary>
    internal long ByteCount { get; private set; }

    /// <summary>Tells of a link before its first frame.</summary>
    /// <param name="origin">The link.</param>
    /// <param name="snapLength">Where frames are cut; 0 for nowhere.</param>
    /// <returns>Its number in the file.</returns>
    internal int AddInterface(FrameOrigin origin, int snapLength = 0)
    {
        if (_interfaces.TryGetValue(origin, out int known)) return known;
        Span<byte> body = stackalloc byte[8];
        body.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(body, Pcapng.LinkTypeEthernet);
        BinaryPrimitives.WriteInt32LittleEndian(body[4..], snapLength);
        byte[] resolution = [Pcapng.NanosecondResolution];
        WriteBlock(
            Pcapng.InterfaceDescription,
            body,
            origin.LinkName is { } name ? Options((Pcapng.InterfaceName, Encoding.UTF8.GetBytes(name)), (Pcapng.InterfaceResolution, resolution)) : Options((Pcapng.InterfaceResolution, resolution)));
        return _interfaces[origin] = _interfaces.Count;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="number">The number of its interface.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="most">Where to cut it, in bytes.</param>
    /// <exception cref="IOException">The stream took no more.</exception>
    internal void Write(int number, in FrameView frame, int most = int.MaxValue)
    {
        int length = frame.LengthHere(most);
        int padded = Pcapng.Padded(length);
        bool hasFlags = frame.Direction != FrameDirection.Unknown;
        int total = PacketHeader + padded + (hasFlags ? FlagsOption : 0) + 4;
        Span<byte> block = Reserve(total);
        ulong time = (ulong)frame.Nanoseconds;
        BinaryPrimitives.WriteUInt32LittleEndian(block, Pcapng.EnhancedPacket);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], total);
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], (uint)(time >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(block[16..], (uint)time);
        BinaryPrimitives.WriteInt32LittleEndian(block[20..], length);
        BinaryPrimitives.WriteInt32LittleEndian(block[24..], Math.Max(length, frame.LengthOnLink));
        frame.CopyTo(block.Slice(PacketHeader, length));
        block.Slice(PacketHeader + length, padded - length).Clear();
        int end = PacketHeader + padded;
        if (hasFlags)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(block[end..], Pcapng.PacketFlags);
            BinaryPrimitives.WriteUInt16LittleEndian(block[(end + 2)..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(block[(end + 4)..], (uint)frame.Direction);
            BinaryPrimitives.WriteUInt32LittleEndian(block[(end + 8)..], Pcapng.EndOfOptions);
            end += FlagsOption;
        }

        BinaryPrimitives.WriteInt32LittleEndian(block[end..], total);
        FrameCount++;
        ByteCount += length;
    }

    /// <summary>Writes what the kernel counted for a link.</summary>
    /// <param name="number">The number of its interface.</param>
    /// <param name="start">When the capture began, in nanoseconds since 1970.</param>
    /// <param name="end">When it ended.</param>
    /// <param name="received">Frames received.</param>
    /// <param name="dropped">Frames that there was no room for.</param>
    internal void WriteStatistics(int number, long start, long end, long received, long dropped)
    {
        Span<byte> body = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        Time(end).CopyTo(body[4..]);
        WriteBlock(
            Pcapng.InterfaceStatistics,
            body,
            Options((Pcapng.StatisticsStart, Time(start)), (Pcapng.StatisticsEnd, Time(end)), (Pcapng.StatisticsReceived, BitConverter.GetBytes(received)), (Pcapng.StatisticsDropped, BitConverter.GetBytes(dropped))));

        static byte[] Time(long nanoseconds)
        {
            byte[] halves = new byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(halves, (uint)(nanoseconds >> 32));
            BinaryPrimitives.WriteUInt32LittleEndian(halves.AsSpan(4), (uint)nanoseconds);
            return halves;
        }
    }

    /// <summary>Gives everything so far to the stream. Nothing where that is broken.</summary>
    /// <exception cref="IOException">The stream took no more.</exception>
    internal void Flush()
    {
        if (IsBroken) return;
        int count = _used;
        _used = 0;
        try
        {
            if (count > 0) _stream.Write(_buffer, 0, count);
            _stream.Flush();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            Break(count);
            throw;
        }

        _end += count;
        _kept = (FrameCount, ByteCount);
    }

    /// <summary>A part of a block may stand behind the whole ones, and would make the file end in rubbish, or be written over from its middle: it is cut off.</summary>
    /// <param name="count">How many bytes were to be written.</param>
    private void Break(int count)
    {
        IsBroken = true;
        (FrameCount, ByteCount) = _kept;
        if (!_stream.CanSeek) return;
        try
        {
            _stream.SetLength(_end + KeepWhole((int)Math.Clamp(_stream.Length - _end, 0, count)));
        }
        catch (IOException)
        {
            // A reader tells the offset of the rest.
        }
    }

    /// <summary>Counts the frames whose blocks were written whole, and gives where the last of those blocks ends.</summary>
    /// <param name="written">How many bytes of the buffer were written.</param>
    private int KeepWhole(int written)
    {
        int end = 0;
        while (end + Pcapng.BlockFrame <= written)
        {
            ReadOnlySpan<byte> block = _buffer.AsSpan(end);
            int total = BinaryPrimitives.ReadInt32LittleEndian(block[4..]);
            if (end + total > written) break;
            if (BinaryPrimitives.ReadUInt32LittleEndian(block) == Pcapng.EnhancedPacket)
            {
                FrameCount++;
                ByteCount += BinaryPrimitives.ReadInt32LittleEndian(block[20..]);
            }

            end += total;
        }

        return end;
    }

    private void WriteBlock(uint type, ReadOnlySpan<byte> body, ReadOnlySpan<byte> options)
    {
        int total = Pcapng.BlockFrame + body.Length + options.Length;
        Span<byte> block = Reserve(total);
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], total);
        body.CopyTo(block[8..]);
        options.CopyTo(block[(8 + body.Length)..]);
        BinaryPrimitives.WriteInt32LittleEndian(block[(total - 4)..], total);
    }

    private Span<byte> Reserve(int length)
    {
        if (IsBroken) throw new IOException("An earlier write failed.");
        if (_used + length > _buffer.Length) Flush();
        if (length > _buffer.Length) _buffer = new byte[length];
        Span<byte> block = _buffer.AsSpan(_used, length);
        _used += length;
        return block;
    }

    private static byte[] Options(params ReadOnlySpan<(ushort Code, byte[] Value)> options)
    {
        int length = 4;
        foreach ((_, byte[] value) in options) length += 4 + Pcapng.Padded(value.Length);
        byte[] all = new byte[length];
        int offset = 0;
        foreach ((ushort code, byte[] value) in options)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(offset), code);
            BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(offset + 2), (ushort)value.Length);
            value.CopyTo(all, offset + 4);
            offset += 4 + Pcapng.Padded(value.Length);
        }

        return all;
    }
}
