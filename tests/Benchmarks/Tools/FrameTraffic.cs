using System.Buffers.Binary;
using System.Diagnostics;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Suites;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>Frames from one macvtap of an arena to another through endpoints: the same that frames.c does.</summary>
internal sealed class FrameTraffic : IDisposable
{
    /// <summary>How many frames are written before somebody looks at the clock, or reads them. Fewer than a macvtap has room for.</summary>
    private const int Burst = 256;

    private const int Longest = 70000;
    private const int Patience = 25;

    private readonly TapEndpoint _from;
    private readonly TapEndpoint _to;
    private readonly AlignedBuffer _frame;

    /// <summary>Opens them.</summary>
    /// <param name="arena">Where.</param>
    /// <param name="size">Bytes of a frame.</param>
    /// <param name="vnet">A vnet header before each frame, which is undivided TCP then.</param>
    /// <param name="from">The macvtap to write to.</param>
    /// <param name="to">The one to read from.</param>
    internal FrameTraffic(TapArena arena, int size, bool vnet = false, int from = 0, int to = 1)
    {
        var options = new TapEndpointOptions { VnetHeader = vnet, Offload = vnet ? TapOffload.Checksum | TapOffload.Tso4 : TapOffload.None };
        _from = arena.Open(from, options);
        _to = arena.Open(to, options);
        _frame = new AlignedBuffer(_from.HeaderLength + size);
        Compose(vnet);
    }

    /// <summary>What is sent, to be changed before; without a vnet header.</summary>
    internal Span<byte> Frame => _frame.Span[_from.HeaderLength..];

    /// <summary>One thread writes, another reads.</summary>
    /// <param name="seconds">How long.</param>
    /// <returns>Milliseconds for each frame that arrived.</returns>
    internal double Stream(double seconds)
    {
        long received = 0;
        bool isWritten = false;
        (int first, int second) = Processors.Pair;
        var reader = new Thread(() =>
        {
            using var buffer = new AlignedBuffer(Longest);
            Processors.Bind(second);
            while (true)
            {
                if (_to.TryReceive(buffer.Span, TimeSpan.FromMilliseconds(Patience), out int length)) received += length == _frame.Span.Length ? 1 : 0;
                else if (Volatile.Read(ref isWritten)) return;
            }
        });
        var writer = new Thread(() =>
        {
            Processors.Bind(first);
            long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < end)
            {
                for (int i = 0; i < Burst; i++) _from.Send(_frame.Span);
            }

            Volatile.Write(ref isWritten, true);
        });
        long began = Stopwatch.GetTimestamp();
        reader.Start();
        writer.Start();
        writer.Join();
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        reader.Join();
        return milliseconds / received;
    }

    /// <summary>One thread writes a burst of frames, then reads it, and so on: nobody has to be woken, and all the work is this thread's.</summary>
    /// <param name="turns">How often.</param>
    /// <returns>Nanoseconds of processor time for a frame, written and read, in the median turn.</returns>
    internal double Turns(int turns)
    {
        var samples = new Samples();
        var thread = new Thread(() =>
        {
            using var buffer = new AlignedBuffer(Longest);
            Processors.Bind(Processors.Pair.Writer);
            for (int turn = 0; turn < turns; turn++)
            {
                // What the kernel sent on its own.
                while (_to.TryReceive(buffer.Span, TimeSpan.Zero, out _))
                {
                }

                int received = 0;
                long began = ProcessorTime.OfThread;
                for (int i = 0; i < Burst; i++) _from.Send(_frame.Span);
                for (int i = 0; i < Burst; i++) received += _to.TryReceive(buffer.Span, TimeSpan.Zero, out _) ? 1 : 0;
                if (received == Burst) samples.Add((ProcessorTime.OfThread - began) / (double)Burst);
            }
        });
        thread.Start();
        thread.Join();
        return samples.Count > turns / 2 ? samples.Median : throw new InvalidOperationException($"Of {turns} bursts only {samples.Count} arrived in full.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
        _frame.Dispose();
    }

    /// <summary>The same frame as that of the C program.</summary>
    private void Compose(bool vnet)
    {
        Span<byte> whole = _frame.Span;
        Span<byte> frame = Frame;
        Convert.FromHexString(_to.MacAddress.Replace(":", string.Empty, StringComparison.Ordinal)).CopyTo(frame);
        Convert.FromHexString(_from.MacAddress.Replace(":", string.Empty, StringComparison.Ordinal)).CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], vnet ? (ushort)0x0800 : (ushort)0x88B5);
        if (!vnet) return;
        whole[0] = 1; // the checksum is still to be computed
        whole[1] = 1; // TCP over IPv4, still to be divided
        BitConverter.TryWriteBytes(whole[2..], (ushort)54);
        BitConverter.TryWriteBytes(whole[4..], (ushort)1448);
        BitConverter.TryWriteBytes(whole[6..], (ushort)34);
        BitConverter.TryWriteBytes(whole[8..], (ushort)16);
        Span<byte> packet = frame[14..];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 6;
        new byte[] { 10, 0, 0, 2, 10, 0, 0, 1 }.CopyTo(packet[12..]);
        uint sum = 0;
        for (int i = 0; i < 20; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], (ushort)~sum);
        packet[32] = 0x50;
        packet[33] = 0x10;
    }
}
