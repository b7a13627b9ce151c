using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Packet sockets and their ring of blocks (packet(7); include/uapi/linux/if_packet.h; Documentation/networking/packet_mmap.rst).</summary>
internal static partial class Libc
{
    internal const int AF_PACKET = 17;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SO_ERROR = 4;
    internal const ushort ETH_P_ALL = 3;

    internal const int SOL_PACKET = 263;
    internal const int PACKET_ADD_MEMBERSHIP = 1;
    internal const int PACKET_RX_RING = 5;
    internal const int PACKET_STATISTICS = 6;
    internal const int PACKET_VERSION = 10;
    internal const int PACKET_MR_PROMISC = 1;
    internal const byte PACKET_OTHERHOST = 3;
    internal const byte PACKET_OUTGOING = 4;
    internal const int TPACKET_V3 = 2;
    internal const uint TP_STATUS_KERNEL = 0;
    internal const uint TP_STATUS_USER = 1;
    internal const uint TP_STATUS_VLAN_VALID = 1 << 4;
    internal const uint TP_STATUS_VLAN_TPID_VALID = 1 << 6;

    /// <summary>Gives the time of the frame that was received last; the first call makes the socket keep it (ENOENT). On 64-bit systems struct timespec is two 64-bit numbers.</summary>
    internal const nuint SIOCGSTAMPNS = 0x8907;

    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_SHARED = 1;

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

    /// <summary>struct packet_mreq.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct packet_mreq
    {
        internal int mr_ifindex;
        internal ushort mr_type;
        internal ushort mr_alen;
        private readonly ulong _mr_address;
    }

    /// <summary>struct tpacket_req3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_req3
    {
        internal uint tp_block_size;
        internal uint tp_block_nr;
        internal uint tp_frame_size;
        internal uint tp_frame_nr;
        internal uint tp_retire_blk_tov;
        internal uint tp_sizeof_priv;
        internal uint tp_feature_req_word;
    }

    /// <summary>struct tpacket_stats_v3. Reading sets the counters to zero; the packets include the dropped ones.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_stats_v3
    {
        internal uint tp_packets;
        internal uint tp_drops;
        internal uint tp_freeze_q_cnt;
    }

    /// <summary>struct tpacket_block_desc: 48 bytes, of which the last ones are not needed here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 48)]
    internal struct tpacket_block_desc
    {
        internal uint version;
        internal uint offset_to_priv;
        internal uint block_status;
        internal uint num_pkts;
        internal uint offset_to_first_pkt;
    }

    /// <summary>struct tpacket3_hdr: 48 bytes; a struct sockaddr_ll stands behind it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 48)]
    internal struct tpacket3_hdr
    {
        internal uint tp_next_offset;
        internal uint tp_sec;
        internal uint tp_nsec;
        internal uint tp_snaplen;
        internal uint tp_len;
        internal uint tp_status;
        internal ushort tp_mac;
        internal ushort tp_net;
        internal uint tp_rxhash;
        internal uint tp_vlan_tci;
        internal ushort tp_vlan_tpid;
    }

    /// <summary>mmap(2) of a descriptor, shared, to read and write. -1 on failure.</summary>
    internal static nint Map(SafeFileHandle file, nuint length) => mmap(0, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);

    /// <summary>munmap(2).</summary>
    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int bind_link(SafeFileHandle socket, in sockaddr_ll address, int length);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    internal static unsafe partial nint recvfrom_link(SafeFileHandle socket, byte* buffer, nuint length, int flags, ref sockaddr_ll from, ref int fromLength);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int ioctl_time(SafeFileHandle socket, nuint request, long* secondsAndNanoseconds);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int setsockopt_membership(SafeFileHandle socket, int level, int name, in packet_mreq value, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int setsockopt_ring(SafeFileHandle socket, int level, int name, in tpacket_req3 value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int getsockopt_statistics(SafeFileHandle socket, int level, int name, ref tpacket_stats_v3 value, ref int length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockopt(SafeFileHandle socket, int level, int name, ref int value, ref int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);
}
