using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Room for as many packets as one system call takes. Filled and emptied again and again without memory; used by one thread.</summary>
internal sealed unsafe class PacketBatch
{
    /// <summary>How many packets fit.</summary>
    internal const int Capacity = 64;

    /// <summary>How long a packet can be: the longest that a tap device gives (65,553 bytes) and its headers.</summary>
    internal const int LongestPacket = 65_600;

    // Pinned: the kernel has their addresses. Only what packets were in takes memory of the machine.
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity * LongestPacket, pinned: true);
    private readonly Libc.Vector[] _vectors = GC.AllocateArray<Libc.Vector>(Capacity, pinned: true);
    private readonly Libc.PacketMessage[] _messages = GC.AllocateArray<Libc.PacketMessage>(Capacity, pinned: true);

    internal PacketBatch()
    {
        fixed (byte* bytes = _bytes)
        fixed (Libc.Vector* vectors = _vectors)
        {
            for (int i = 0; i < Capacity; i++)
            {
                _vectors[i] = new Libc.Vector { Start = bytes + (i * LongestPacket) };
                _messages[i].Header = new Libc.Message { Vectors = vectors + i, VectorCount = 1 };
            }
        }
    }

    /// <summary>How many packets are in it.</summary>
    internal int Count { get; private set; }

    /// <summary>How many packets came that were longer than there is room, and are not in it.</summary>
    internal int TooLong { get; private set; }

    /// <summary>How many bytes the first packets have.</summary>
    internal long ByteCount(int count)
    {
        long bytes = 0;
        for (int i = 0; i < count; i++) bytes += (long)_vectors[i].Length;
        return bytes;
    }

    /// <summary>A packet that is in it.</summary>
    internal ReadOnlySpan<byte> this[int place] => new(_vectors[place].Start, (int)_vectors[place].Length);

    /// <summary>Room for the next packet; empty when it is full.</summary>
    internal Span<byte> Room => Count == Capacity ? [] : new Span<byte>(_vectors[Count].Start, LongestPacket);

    /// <summary>Takes the packet that was written to <see cref="Room"/>.</summary>
    internal void Add(int length) => _vectors[Count++].Length = (nuint)length;

    /// <summary>Empties it.</summary>
    internal void Clear() => (Count, TooLong) = (0, 0);

    /// <summary>Takes the packets that wait at a socket, and does not wait for any (recvmmsg(2)).</summary>
    /// <returns>How many came, with those that were empty or too long; negative on failure.</returns>
    internal int Receive(SafeFileHandle socket)
    {
        Clear();
        for (int i = 0; i < Capacity; i++) _vectors[i].Length = LongestPacket;
        int found;
        fixed (Libc.PacketMessage* messages = _messages)
        {
            do
                found = Libc.recvmmsg(socket, messages, Capacity, Libc.MSG_DONTWAIT, 0);
            while (found < 0 && Libc.LastError == Errno.EINTR);
        }

        for (int i = 0; i < found; i++)
        {
            if ((_messages[i].Header.Flags & Libc.MSG_TRUNC) != 0)
                TooLong++;
            else if (_messages[i].Length > 0)
                Keep(i);
        }

        return found;
    }

    /// <summary>Sends the packets from a place on, as many as there is room for now (sendmmsg(2)).</summary>
    /// <returns>How many were taken; negative on failure.</returns>
    internal int Send(SafeFileHandle socket, int from)
    {
        int sent;
        fixed (Libc.PacketMessage* messages = _messages)
        {
            do
                sent = Libc.sendmmsg(socket, messages + from, (uint)(Count - from), Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
            while (sent < 0 && Libc.LastError == Errno.EINTR);
        }

        return sent;
    }

    /// <summary>What is passed over leaves its room to those behind it.</summary>
    private void Keep(int place)
    {
        byte* start = _vectors[place].Start;
        _vectors[place].Start = _vectors[Count].Start;
        _vectors[Count].Start = start;
        Add((int)_messages[place].Length);
    }
}
