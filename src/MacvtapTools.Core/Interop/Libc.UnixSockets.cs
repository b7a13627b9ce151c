using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Unix sockets that keep packets apart and tell when the other side has closed: SOCK_SEQPACKET (unix(7), recvmmsg(2), sendmmsg(2)).</summary>
internal static partial class Libc
{
    internal const int AF_UNIX = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SO_SNDBUF = 7;

    /// <summary>How long a path of a socket can be, in bytes of UTF-8 (UNIX_PATH_MAX, less the terminating NUL).</summary>
    internal const int LongestSocketPath = 107;

    private const short POLLRDHUP = 0x2000;
    private const int FamilySize = sizeof(ushort);

    /// <summary>socketpair(2), both ends close-on-exec. False on failure.</summary>
    /// <param name="firstFlags">What the first end has besides, such as SOCK_NONBLOCK; the other end has none.</param>
    /// <param name="first">One end.</param>
    /// <param name="second">The other end.</param>
    internal static unsafe bool SocketPair(int firstFlags, out SafeFileHandle first, out SafeFileHandle second)
    {
        int* ends = stackalloc int[2];
        bool isMade = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0;
        first = new SafeFileHandle(isMade ? ends[0] : -1, ownsHandle: true);
        second = new SafeFileHandle(isMade ? ends[1] : -1, ownsHandle: true);
        if (isMade && (firstFlags & SOCK_NONBLOCK) != 0) SetFileFlags(first, O_NONBLOCK);
        return isMade;
    }

    /// <summary>bind(2) to a path, which the kernel makes. Negative on failure.</summary>
    internal static unsafe int BindPath(SafeFileHandle socket, string path)
    {
        byte* address = stackalloc byte[FamilySize + LongestSocketPath + 1];
        return bind_path(socket, address, Address(address, path));
    }

    /// <summary>connect(2) to a path. Negative on failure.</summary>
    internal static unsafe int ConnectPath(SafeFileHandle socket, string path)
    {
        byte* address = stackalloc byte[FamilySize + LongestSocketPath + 1];
        return connect_path(socket, address, Address(address, path));
    }

    /// <summary>accept4(2), non-blocking and close-on-exec. Null on failure.</summary>
    internal static SafeFileHandle? Accept(SafeFileHandle listener)
    {
        SafeFileHandle accepted = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
        return accepted.IsInvalid ? null : accepted;
    }

    /// <summary>Whether the other side of a socket has closed, or sends no more.</summary>
    internal static bool HasHungUp(SafeFileHandle socket) => Poll(socket, POLLRDHUP, 0);

    /// <summary>fchmod(2). Before bind(2) it decides who may connect to the socket (net/unix/af_unix.c, unix_bind_bsd). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int SetMode(SafeFileHandle file, uint mode);

    /// <summary>listen(2). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    internal static partial int Listen(SafeFileHandle socket, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    internal static unsafe partial int recvmmsg(SafeFileHandle socket, PacketMessage* messages, uint count, int flags, nint timeout);

    [LibraryImport("libc", SetLastError = true)]
    internal static unsafe partial int sendmmsg(SafeFileHandle socket, PacketMessage* messages, uint count, int flags);

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PacketMessage
    {
        internal Message Header;
        internal uint Length;
    }

    private static unsafe int Address(byte* address, string path)
    {
        *(ushort*)address = AF_UNIX;
        int length = Encoding.UTF8.GetBytes(path, new Span<byte>(address + FamilySize, LongestSocketPath));
        address[FamilySize + length] = 0;
        return FamilySize + length + 1;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int socketpair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static unsafe partial int bind_path(SafeFileHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static unsafe partial int connect_path(SafeFileHandle socket, byte* address, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial SafeFileHandle accept4(SafeFileHandle listener, nint address, nint length, int flags);

}
