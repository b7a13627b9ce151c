using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// Frames from one macvtap to another, one thread that writes and one that reads, in C as here. What counts is what arrives; the figures are the milliseconds for
/// 100,000 frames.
/// </summary>
internal sealed class FrameSuite : ISuite
{
    private const double Limit = 1 / 0.9;
    private const double Seconds = 0.5;
    private const double Unit = 100_000;
    private const int Burst = 256;
    private const int Longest = 70000;

    /// <inheritdoc/>
    public string Name => "frames";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        var yardstick = new Yardstick(bench.Folder, "frames");
        foreach ((string work, int size, bool vnet) in new[] { ("100,000 frames of 64 bytes", 64, false), ("of 1500 bytes", 1500, false), ("of 65,000 bytes, undivided TCP with a vnet header", 65000, true) })
        {
            using var arena = new TapArena(2);
            var raw = Contender.If("C, write and read", yardstick.Missing, () => Raw(yardstick, arena, size, vnet));
            var ours = new Contender("TapEndpoint", () => Ours(arena, size, vnet));
            Ours(arena, size, vnet); // the just-in-time compiler's
            Interleaved.Run(bench.Rounds, bench.Stop, raw, ours);
            Row row = Row.AtMost(work, raw, ours, Limit);
            yield return row with { Conditions = string.Create(CultureInfo.InvariantCulture, $"{Unit / ours.Samples.Median:0}000 frames/s, best {Unit / ours.Samples.Best:0}000; {row.Conditions}") };
        }
    }

    private static double Raw(Yardstick yardstick, TapArena arena, int size, bool vnet)
    {
        string[] line = yardstick.Tell(arena.Arena, size.ToString(CultureInfo.InvariantCulture), Seconds.ToString(CultureInfo.InvariantCulture), vnet ? "1" : "0", arena.Path(0), arena.Path(1));
        return Yardstick.Number(line[1]) * 1000 / Yardstick.Number(line[2]) * Unit;
    }

    internal static double Ours(TapArena arena, int size, bool vnet)
    {
        var options = new TapEndpointOptions { VnetHeader = vnet, Offload = vnet ? TapOffload.Checksum | TapOffload.Tso4 : TapOffload.None };
        using TapEndpoint from = arena.Open(0, options);
        using TapEndpoint to = arena.Open(1, options);
        byte[] frame = Frame(from, to, size, vnet);
        long received = 0;
        bool isWritten = false;
        var reader = new Thread(() =>
        {
            byte[] buffer = new byte[Longest];
            while (true)
            {
                if (to.TryReceive(buffer, TimeSpan.FromMilliseconds(25), out int length)) received += length == frame.Length ? 1 : 0;
                else if (Volatile.Read(ref isWritten)) return;
            }
        });
        var writer = new Thread(() =>
        {
            long end = Stopwatch.GetTimestamp() + (long)(Seconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < end)
            {
                for (int i = 0; i < Burst; i++) from.Send(frame);
            }

            Volatile.Write(ref isWritten, true);
        });
        long began = Stopwatch.GetTimestamp();
        reader.Start();
        writer.Start();
        writer.Join();
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        reader.Join();
        return milliseconds / received * Unit;
    }

    /// <summary>The same frame as that of the C program.</summary>
    private static byte[] Frame(TapEndpoint from, TapEndpoint to, int size, bool vnet)
    {
        byte[] whole = new byte[from.HeaderLength + size];
        Span<byte> frame = whole.AsSpan(from.HeaderLength);
        Convert.FromHexString(to.MacAddress.Replace(":", string.Empty, StringComparison.Ordinal)).CopyTo(frame);
        Convert.FromHexString(from.MacAddress.Replace(":", string.Empty, StringComparison.Ordinal)).CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], vnet ? (ushort)0x0800 : (ushort)0x88B5);
        if (!vnet) return whole;
        whole[0] = 1; // the checksum is still to be computed
        whole[1] = 1; // TCP over IPv4, still to be divided
        BitConverter.TryWriteBytes(whole.AsSpan(2), (ushort)54);
        BitConverter.TryWriteBytes(whole.AsSpan(4), (ushort)1448);
        BitConverter.TryWriteBytes(whole.AsSpan(6), (ushort)34);
        BitConverter.TryWriteBytes(whole.AsSpan(8), (ushort)16);
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
        return whole;
    }
}
