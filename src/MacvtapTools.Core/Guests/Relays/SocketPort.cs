using System.Runtime.InteropServices;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests.Relays;

/// <summary>The side of the guest: a Unix socket that keeps frames apart (SOCK_SEQPACKET).</summary>
internal sealed class SocketPort : IRelayPort
{
    // About 2,000 frames of 1500 bytes, which the kernel counts with what it needs beside them.
    private const int SendBuffer = 4 << 20;

    private readonly SafeFileHandle _socket;
    private bool _isOver;

    /// <summary>Takes charge of a connected socket.</summary>
    internal SocketPort(SafeFileHandle socket)
    {
        _socket = socket;
        // As much as the kernel lets the caller have (net.core.wmem_max).
        int size = SendBuffer;
        if (Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, in size, sizeof(int)) < 0)
            _ = Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_SNDBUF, in size, sizeof(int));
    }

    /// <inheritdoc/>
    public IEnumerable<SafeHandle> Handles => [_socket];

    /// <inheritdoc/>
    public void Receive(PacketBatch batch)
    {
        int found = batch.Receive(_socket);
        if (found < 0)
            // ECONNRESET tells once that the other side closed with frames unread; what it sent before comes after that.
            _isOver = Libc.LastError is not (Errno.EAGAIN or Errno.ECONNRESET or Errno.ENOBUFS or Errno.ENOMEM);
        else if (batch.Count + batch.TooLong < found)
            // An empty packet, or the end: only the end stays.
            _isOver = Libc.HasHungUp(_socket);
    }

    /// <inheritdoc/>
    public int Send(PacketBatch batch, out long bytes)
    {
        int sent = 0;
        while (sent < batch.Count && batch.Send(_socket, sent) is var taken and > 0)
            sent += taken;
        bytes = batch.ByteCount(sent);
        return sent;
    }

    /// <inheritdoc/>
    public TapRelayReason Look() => _isOver ? TapRelayReason.PeerClosed : TapRelayReason.None;

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
