using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Packet sockets: whole Ethernet frames of one link (packet(7), include/uapi/linux/if_packet.h, filter.h).</summary>
internal static partial class Libc
{
    internal const int AF_PACKET = 17;
    internal const int SO_ATTACH_FILTER = 26;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const ushort ETH_P_ALL = 0x0003;
    internal const byte PACKET_OTHERHOST = 3;
    internal const byte PACKET_OUTGOING = 4;

    /// <summary>Gives the time of the frame that was received last; the first call makes the socket keep it (ENOENT). On 64-bit systems struct timespec is two 64-bit numbers.</summary>
    internal const nuint SIOCGSTAMPNS = 0x8907;

    /// <summary>struct sockaddr_ll: 20 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct sockaddr_ll
    {
        internal ushort sll_family;

        /// <summary>Network byte order.</summary>
        internal ushort sll_protocol;
        internal int sll_ifindex;
        internal ushort sll_hatype;
        internal byte sll_pkttype;
        internal byte sll_halen;
        internal fixed byte sll_addr[8];
    }

    /// <summary>struct sock_filter: one instruction of a classic BPF program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FilterInstruction(ushort code, byte jumpTrue, byte jumpFalse, uint value)
    {
        internal ushort Code = code;
        internal byte JumpTrue = jumpTrue;
        internal byte JumpFalse = jumpFalse;
        internal uint Value = value;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct FilterProgram
    {
        internal ushort Length;
        internal FilterInstruction* Instructions;
    }

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int bind_link(SafeFileHandle socket, in sockaddr_ll address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int setsockopt_filter(SafeFileHandle socket, int level, int name, in FilterProgram value, int length);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    internal static unsafe partial nint recvfrom_link(SafeFileHandle socket, byte* buffer, nuint length, int flags, ref sockaddr_ll from, ref int fromLength);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int ioctl_time(SafeFileHandle socket, nuint request, long* secondsAndNanoseconds);
}
