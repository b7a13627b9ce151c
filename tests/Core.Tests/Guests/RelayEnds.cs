using MacvtapTools.Guests.Relays;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

/// <summary>A side of a relay that is a socket pair, and the end of it that a test holds.</summary>
internal sealed class RelayEnds : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal RelayEnds()
    {
        Assert.True(Libc.SocketPair(Libc.SOCK_NONBLOCK, out SafeFileHandle own, out SafeFileHandle far));
        Port = new SocketPort(own);
        Far = far;
    }

    internal SocketPort Port { get; }

    internal SafeFileHandle Far { get; }

    internal static RelayFacts Facts { get; } = new("mvt0", 7, "lab", "02:00:00:00:00:01", 0, null, null);

    internal void Send(params byte[] frame) => Write(Far, frame);

    internal byte[] Next() => Read(Far);

    internal static void Write(SafeFileHandle socket, ReadOnlySpan<byte> frame) => Assert.Equal(frame.Length, Libc.Write(socket, frame));

    /// <summary>The next frame; the test's own patience ends the wait.</summary>
    internal static byte[] Read(SafeFileHandle socket)
    {
        byte[] buffer = new byte[PacketBatch.LongestPacket];
        Assert.True(Libc.Poll(socket, Libc.POLLIN, (int)Patience.TotalMilliseconds), "No frame came.");
        int length = Libc.Read(socket, buffer);
        Assert.InRange(length, 0, buffer.Length);
        return buffer[..length];
    }

    internal static void Until(Func<bool> condition)
    {
        for (long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !condition(); Thread.Sleep(1))
            Assert.True(Environment.TickCount64 < end, "It did not come to that.");
    }

    public void Dispose()
    {
        Port.Dispose();
        Far.Dispose();
    }
}
