using System.Buffers.Binary;
using System.Diagnostics;
using MacvtapTools.Benchmarks.Suites;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>Frames from the second macvtap of an arena to the first, of a type that nothing else there sends.</summary>
internal sealed class FrameSender : IDisposable
{
    /// <summary>The type, as the cmdlets and tcpdump are told.</summary>
    internal const string Type = "0x88b5";

    private const int Size = 64;
    private const int Burst = 64;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly TapArena _arena;
    private readonly TapEndpoint _from;
    private readonly byte[] _frame = new byte[Size];

    internal FrameSender(TapArena arena)
    {
        _arena = arena;
        _from = arena.Open(1, new TapEndpointOptions());
        Address(arena.Find(0).MacAddress!).CopyTo(_frame, 0);
        Address(_from.MacAddress).CopyTo(_frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(12), 0x88B5);
    }

    /// <summary>Sends frames.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rate">Frames per second; 0 for as fast as it goes.</param>
    /// <returns>When the first one was sent, as <see cref="Stopwatch"/> counts.</returns>
    internal long Send(int count, int rate = 0)
    {
        long began = Stopwatch.GetTimestamp();
        for (int sent = 0; sent < count; sent++)
        {
            _from.Send(_frame);
            // What is due later than in a millisecond is waited for without the processor, which the receiver needs.
            if (rate > 0 && sent % Burst == 0 && ((sent / (double)rate) - Stopwatch.GetElapsedTime(began).TotalSeconds) * 1000 is > 1 and var early) Thread.Sleep((int)early);
        }

        return began;
    }

    /// <summary>
    /// Goes on to send, without haste, until somebody has what he needs: what takes whole blocks of frames from the kernel would wait for the last one to become old.
    /// </summary>
    /// <param name="isDone">Waits for a millisecond and tells whether he has.</param>
    /// <returns>False when he did not get there for a long time.</returns>
    internal bool SendUntil(Func<bool> isDone)
    {
        for (long began = Stopwatch.GetTimestamp(); !isDone();)
        {
            if (Stopwatch.GetElapsedTime(began) > _patience) return false;
            Send(8 * Burst);
        }

        return true;
    }

    /// <summary>Waits until somebody in the arena watches with a packet socket.</summary>
    /// <exception cref="InvalidOperationException">Nobody did.</exception>
    internal void AwaitWatcher()
    {
        for (long began = Stopwatch.GetTimestamp(); ; Thread.Sleep(5))
        {
            byte[] table = new byte[4096];
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = NamespaceRunner.Run(_arena.Arena.Session.Namespace, static () => Libc.Open("/proc/thread-self/net/packet", Libc.O_RDONLY)) ?? throw KernelException.FromLastError("open /proc/thread-self/net/packet");
            int length = Libc.Read(file, table);
            // A line with the names of the columns, then one for each socket; a bound one has the index of its link.
            if (table.AsSpan(0, Math.Max(length, 0)).IndexOf(System.Text.Encoding.ASCII.GetBytes($" {_arena.Find(0).InterfaceIndex} ")) > 0) return;
            if (Stopwatch.GetElapsedTime(began) > _patience) throw new InvalidOperationException("Nobody watches the link.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _from.Dispose();

    private static byte[] Address(string text) => Convert.FromHexString(text.Replace(":", string.Empty, StringComparison.Ordinal));
}
