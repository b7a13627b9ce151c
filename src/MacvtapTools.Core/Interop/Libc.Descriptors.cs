using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Descriptors that travel over a Unix socket (unix(7), SCM_RIGHTS; sendmsg(2)).</summary>
internal static partial class Libc
{
    private const int SCM_RIGHTS = 1;
    internal const int MSG_NOSIGNAL = 0x4000;

    /// <summary>Sends bytes and one open file with them, which the receiver gets as a descriptor of its own. Negative on failure; fewer bytes than asked are possible.</summary>
    /// <param name="socket">A Unix socket.</param>
    /// <param name="bytes">At least one.</param>
    /// <param name="file">The open file.</param>
    internal static unsafe int SendWith(SafeHandle socket, ReadOnlySpan<byte> bytes, SafeFileHandle file)
    {
        using Borrowed to = new(socket);
        using Borrowed held = new(file);
        ControlHeader* control = stackalloc ControlHeader[2];
        int descriptorOffset = Align(sizeof(ControlHeader));
        int room = descriptorOffset + Align(sizeof(int));
        new Span<byte>(control, room).Clear();
        control->Length = (nuint)(descriptorOffset + sizeof(int));
        control->Level = SOL_SOCKET;
        control->Type = SCM_RIGHTS;
        *(int*)((byte*)control + descriptorOffset) = held.Descriptor;
        fixed (byte* start = bytes)
        {
            Vector vector = new() { Start = start, Length = (nuint)bytes.Length };
            Message message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = (nuint)room };
            nint sent;
            do
                sent = SendMessage(to.Descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
            while (sent < 0 && LastError == Errno.EINTR);
            return (int)sent;
        }
    }

    private static unsafe int Align(int length) => (length + sizeof(nint) - 1) & ~(sizeof(nint) - 1);

    /// <summary>struct cmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ControlHeader
    {
        internal nuint Length;
        internal int Level;
        internal int Type;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct Vector
    {
        internal byte* Start;
        internal nuint Length;
    }

    /// <summary>struct msghdr. musl's lengths are int and padded; on little-endian systems that is the same.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct Message
    {
        internal void* Name;
        internal uint NameLength;
        internal Vector* Vectors;
        internal nuint VectorCount;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static unsafe partial nint SendMessage(int socket, Message* message, int flags);
}
