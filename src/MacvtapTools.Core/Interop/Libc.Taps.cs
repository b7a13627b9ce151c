using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>What an open tap device is asked: ioctl numbers of include/uapi/linux/if_tun.h, write(2), poll(2).</summary>
internal static partial class Libc
{
    internal const ushort IFF_TUN = 0x0001;
    internal const ushort IFF_TAP = 0x0002;
    internal const ushort IFF_MULTI_QUEUE = 0x0100;
    internal const ushort IFF_DETACH_QUEUE = 0x0400;
    internal const ushort IFF_NO_PI = 0x1000;
    internal const ushort IFF_VNET_HDR = 0x4000;
    internal const ushort IFF_TUN_EXCL = 0x8000;
    internal const short POLLIN = 0x1;
    internal const short POLLOUT = 0x4;
    internal const short POLLERR = 0x8;
    internal const short POLLHUP = 0x10;

    /// <summary>sizeof(struct ifreq) is 40 on 64-bit systems, 32 on others; the kernel never writes more.</summary>
    internal const int InterfaceRequestSize = 40;

    /// <summary>The offset of the flags, or of the hardware address, in a struct ifreq: after the name.</summary>
    internal const int InterfaceRequestValue = 16;

    internal const nuint SIOCGIFHWADDR = 0x8927;

    /// <summary>_IO('T', 227), Linux 4.20: a descriptor of the network namespace that a classic tun or tap link is in. Needs CAP_NET_ADMIN there.</summary>
    internal static readonly nuint TUNGETDEVNETNS = (HasOwnRequestBits ? 1u << 29 : 0u) | ((uint)'T' << 8) | 227;

    internal static readonly nuint TUNSETIFF = WritingTunRequest(202);
    internal static readonly nuint TUNSETPERSIST = WritingTunRequest(203);
    internal static readonly nuint TUNSETOWNER = WritingTunRequest(204);
    internal static readonly nuint TUNSETGROUP = WritingTunRequest(206);
    internal static readonly nuint TUNSETQUEUE = WritingTunRequest(217);
    internal static readonly nuint TUNSETIFINDEX = WritingTunRequest(218);
    internal static readonly nuint TUNGETIFF = ReadingTunRequest(210);
    internal static readonly nuint TUNSETOFFLOAD = WritingTunRequest(208);
    internal static readonly nuint TUNSETSNDBUF = WritingTunRequest(212);
    internal static readonly nuint TUNGETVNETHDRSZ = ReadingTunRequest(215);
    internal static readonly nuint TUNSETVNETHDRSZ = WritingTunRequest(216);

    // The two directions of _IOR and _IOW have other bits on POWER (arch/powerpc/include/uapi/asm/ioctl.h).
    private const uint IntRequest = ((uint)sizeof(int) << 16) | ((uint)'T' << 8);

    private static nuint ReadingTunRequest(uint number) => (HasOwnRequestBits ? 2u << 29 : 2u << 30) | IntRequest | number;

    private static nuint WritingTunRequest(uint number) => (HasOwnRequestBits ? 4u << 29 : 1u << 30) | IntRequest | number;

    private static bool HasOwnRequestBits => RuntimeInformation.ProcessArchitecture is Architecture.Ppc64le;

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollRequest
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }

    /// <summary>The least vnet header: struct virtio_net_hdr (include/uapi/linux/virtio_net.h).</summary>
    internal const int VnetHeaderSize = 10;

    /// <summary>struct virtio_net_hdr_mrg_rxbuf, and struct virtio_net_hdr_v1: the same with the number of buffers behind.</summary>
    internal const int LargeVnetHeaderSize = 12;

    /// <summary>struct tun_pi: flags and protocol, before each packet of a link without IFF_NO_PI.</summary>
    internal const int PacketInformationSize = 4;

    /// <summary>poll(2) of one descriptor. An interruption counts as time over.</summary>
    /// <param name="file">The descriptor.</param>
    /// <param name="events">POLLIN or POLLOUT.</param>
    /// <param name="milliseconds">How long to wait at most.</param>
    internal static unsafe bool Poll(SafeFileHandle file, short events, int milliseconds)
    {
        using Borrowed held = new(file);
        PollRequest request = new() { Descriptor = held.Descriptor, Wanted = events };
        return Poll(&request, 1, milliseconds) > 0;
    }

    /// <summary>poll(2) of several descriptors, until one of them can be read. An interruption counts as time over.</summary>
    /// <param name="files">The descriptors, which must stay open meanwhile; at most 256.</param>
    /// <param name="milliseconds">How long to wait at most.</param>
    internal static unsafe bool PollAny(ReadOnlySpan<int> files, int milliseconds)
    {
        PollRequest* requests = stackalloc PollRequest[files.Length];
        for (int i = 0; i < files.Length; i++)
            requests[i] = new PollRequest { Descriptor = files[i], Wanted = POLLIN };
        return Poll(requests, (nuint)files.Length, milliseconds) > 0;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static unsafe partial int Poll(PollRequest* requests, nuint count, int milliseconds);
}
