using System.Runtime.InteropServices;

namespace MacvtapTools.Netlink;

/// <summary>
/// Where requests are composed: one or several messages that go to the kernel in one send. It grows as needed and is used again, so a
/// steady stream of requests allocates nothing.
/// </summary>
internal sealed class RequestBuffer
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>How many messages were begun since <see cref="Clear"/>.</summary>
    internal int Count { get; private set; }

    /// <summary>The sequence number that the next message gets.</summary>
    internal uint NextSequence { get; private set; } = 1;

    /// <summary>The sequence number of the first message since <see cref="Clear"/>.</summary>
    internal uint FirstSequence { get; private set; } = 1;

    internal int Length => _length;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Forgets the messages, not the sequence: a number is never given twice on one socket.</summary>
    internal void Clear()
    {
        _length = 0;
        Count = 0;
        FirstSequence = NextSequence;
    }

    /// <summary>Begins a message; the end of its using block closes it.</summary>
    internal MessageWriter Begin(ushort type, int flags)
    {
        int start = _length;
        var header = new MessageHeader { Type = type, Flags = (ushort)flags, Sequence = NextSequence++ };
        Count++;
        Append(MemoryMarshal.AsBytes(new ReadOnlySpan<MessageHeader>(in header)));
        return new MessageWriter(this, start);
    }

    /// <summary>Appends bytes and pads with zeroes to four.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        int padded = NetlinkConstants.Align(bytes.Length);
        Span<byte> room = Reserve(padded);
        bytes.CopyTo(room);
        room[bytes.Length..].Clear();
    }

    /// <summary>The bytes from an offset on, to fill in a length that is known only later.</summary>
    internal Span<byte> From(int offset) => _bytes.AsSpan(offset, _length - offset);

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        Span<byte> room = _bytes.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
