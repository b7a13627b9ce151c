using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;
using static MacvtapTools.Interop.Libc;

namespace MacvtapTools.Netlink;

/// <summary>A NETLINK_ROUTE socket. It belongs for good to the network namespace of the thread that opened it. Not for two threads at once.</summary>
internal sealed class NetlinkSocket : IDatagramChannel
{
    private const int WantedReceiveBuffer = 4 << 20;

    private readonly SafeFileHandle _socket;
    private readonly ReceiveBuffer _buffer = new();

    private NetlinkSocket(SafeFileHandle socket, uint portId)
    {
        _socket = socket;
        PortId = portId;
    }

    /// <inheritdoc/>
    public uint PortId { get; }

    /// <summary>Opens a socket in the calling thread's network namespace, with extended and capped acknowledgements and strict checking where the kernel has them.</summary>
    /// <param name="timeout">How long a receive waits before it fails with EAGAIN.</param>
    /// <param name="receiveBuffer">How many bytes of answers may wait.</param>
    internal static NetlinkSocket Open(TimeSpan timeout, int receiveBuffer = WantedReceiveBuffer)
    {
        SafeFileHandle handle = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NetlinkConstants.NETLINK_ROUTE);
        if (handle.IsInvalid) throw KernelException.FromLastError("open a netlink socket");
        try
        {
            var address = new sockaddr_nl { nl_family = AF_NETLINK };
            int length = 12;
            if (bind(handle, in address, length) < 0) throw KernelException.FromLastError("bind a netlink socket");
            if (getsockname(handle, ref address, ref length) < 0) throw KernelException.FromLastError("read a netlink socket's address");

            // Each of these came with a kernel version; without it the answers are merely less rich, so a refusal is no error.
            TryOption(handle, NetlinkConstants.SOL_NETLINK, NetlinkConstants.NETLINK_EXT_ACK, 1);
            TryOption(handle, NetlinkConstants.SOL_NETLINK, NetlinkConstants.NETLINK_CAP_ACK, 1);
            TryOption(handle, NetlinkConstants.SOL_NETLINK, NetlinkConstants.NETLINK_GET_STRICT_CHK, 1);
            if (!TryOption(handle, SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer)) TryOption(handle, SOL_SOCKET, SO_RCVBUF, receiveBuffer);
            var wait = new TimeValue { tv_sec = (nint)timeout.TotalSeconds, tv_usec = (nint)(timeout.Microseconds + (timeout.Milliseconds * 1000)) };
            if (setsockopt_time(handle, SOL_SOCKET, SO_RCVTIMEO, in wait, 2 * nint.Size) < 0) throw KernelException.FromLastError("set a netlink socket's timeout");
            return new NetlinkSocket(handle, address.nl_pid);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public unsafe void Send(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
        {
            while (send(_socket, bytes, (nuint)datagram.Length, 0) < 0)
            {
                KernelException failure = KernelException.FromLastError("send to the kernel");
                if (failure.Errno != Errno.EINTR) throw failure;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>A reply can be longer than any usual buffer (one link with thousands of source addresses has 70 KB), and what does not fit is lost: see <see cref="ReceiveBuffer"/>.</remarks>
    public unsafe ReadOnlySpan<byte> Receive(out uint sender)
    {
        int received = ReceiveInto(_buffer.Start, ReceiveBuffer.Size, MSG_TRUNC, out sender);
        if (received > ReceiveBuffer.Size) throw new KernelException(Errno.ENOBUFS, "receive from the kernel", $"an answer of {received} bytes");
        return new ReadOnlySpan<byte>(_buffer.Start, received);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _buffer.Dispose();
    }

    private unsafe int ReceiveInto(byte* buffer, int capacity, int flags, out uint sender)
    {
        var from = default(sockaddr_nl);
        while (true)
        {
            int length = sizeof(sockaddr_nl);
            nint count = recvfrom(_socket, buffer, (nuint)capacity, flags, ref from, ref length);
            if (count >= 0)
            {
                sender = from.nl_pid;
                return (int)count;
            }

            KernelException failure = KernelException.FromLastError("receive from the kernel");
            if (failure.Errno != Errno.EINTR) throw failure;
        }
    }

    private static bool TryOption(SafeFileHandle handle, int level, int name, int value) => setsockopt(handle, level, name, in value, sizeof(int)) == 0;
}
