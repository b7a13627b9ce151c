using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;
using static MacvtapTools.Interop.Libc;

namespace MacvtapTools.Netlink;

/// <summary>
/// A NETLINK_ROUTE socket that only listens to a multicast group. It belongs for good to the network namespace of the thread that opened it. Requests never
/// go over it: their answers would wait behind announcements. Not for two threads at once.
/// </summary>
internal sealed class EventSocket : IEventChannel
{
    /// <summary>Room for more than 25,000 announcements of 1.5 KB (the kernel doubles the number and charges 2304 bytes for each). It takes the memory only while they wait.</summary>
    internal const int UsualReceiveBuffer = 32 << 20;

    private const int LargestReceiveBuffer = 256 << 20;
    private const int Growth = 4;

    private readonly SafeFileHandle _socket;
    private readonly ReceiveBuffer _buffer = new();
    private int _receiveBuffer;

    private EventSocket(SafeFileHandle socket) => _socket = socket;

    /// <summary>The descriptor, to wait for.</summary>
    internal SafeFileHandle Handle => _socket;

    /// <summary>Opens a socket in the calling thread's network namespace and joins a group.</summary>
    /// <param name="group">The group's number (RTNLGRP_*).</param>
    /// <param name="receiveBuffer">How many bytes may wait; without CAP_NET_ADMIN the kernel limits it to /proc/sys/net/core/rmem_max.</param>
    internal static EventSocket Open(int group, int receiveBuffer = UsualReceiveBuffer)
    {
        SafeFileHandle handle = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NetlinkConstants.NETLINK_ROUTE);
        if (handle.IsInvalid) throw KernelException.FromLastError("open a netlink socket");
        try
        {
            var address = new sockaddr_nl { nl_family = AF_NETLINK };
            if (bind(handle, in address, 12) < 0) throw KernelException.FromLastError("bind a netlink socket");
            var channel = new EventSocket(handle);
            channel.SetReceiveBuffer(receiveBuffer);

            // Groups above 32 do not fit the mask of bind(2); this way takes all.
            if (setsockopt(handle, NetlinkConstants.SOL_NETLINK, NetlinkConstants.NETLINK_ADD_MEMBERSHIP, in group, sizeof(int)) < 0)
                throw KernelException.FromLastError("join a netlink multicast group");
            return channel;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public unsafe EventReceipt Receive(out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        while (true)
        {
            var from = default(sockaddr_nl);
            int length = sizeof(sockaddr_nl);
            nint count = recvfrom(_socket, _buffer.Start, ReceiveBuffer.Size, MSG_DONTWAIT | MSG_TRUNC, ref from, ref length);
            if (count < 0)
            {
                switch (LastError)
                {
                    case Errno.EINTR: continue;
                    case Errno.EAGAIN: return EventReceipt.Nothing;
                    case Errno.ENOBUFS: return EventReceipt.Lost;
                    default: throw KernelException.FromLastError("receive from the kernel");
                }
            }

            // Any process may send to a netlink socket's port; only what comes from the kernel is believed.
            if (from.nl_pid != 0) continue;

            // MSG_TRUNC tells the whole length. The kernel makes no longer message; if it did, what did not fit would be gone.
            if (count > ReceiveBuffer.Size) return EventReceipt.Lost;
            datagram = new ReadOnlySpan<byte>(_buffer.Start, (int)count);
            return EventReceipt.Datagram;
        }
    }

    /// <inheritdoc/>
    public void Enlarge()
    {
        if (_receiveBuffer < LargestReceiveBuffer) SetReceiveBuffer(Math.Min(_receiveBuffer * Growth, LargestReceiveBuffer));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _buffer.Dispose();
    }

    private void SetReceiveBuffer(int size)
    {
        // A refusal leaves the buffer as it is: losses are noticed and made good anyhow.
        if (setsockopt(_socket, SOL_SOCKET, SO_RCVBUFFORCE, in size, sizeof(int)) < 0) _ = setsockopt(_socket, SOL_SOCKET, SO_RCVBUF, in size, sizeof(int));
        _receiveBuffer = size;
    }
}
