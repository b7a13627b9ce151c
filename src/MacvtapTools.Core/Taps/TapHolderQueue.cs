using MacvtapTools.Interop;

namespace MacvtapTools;

/// <summary>A descriptor that a process has of a tap device, as the kernel describes it.</summary>
public sealed class TapHolderQueue
{
    internal TapHolderQueue(int descriptor, int flags, int? vnetHeaderSize)
    {
        Descriptor = descriptor;
        Flags = flags;
        VnetHeaderSize = vnetHeaderSize;
    }

    /// <summary>The descriptor's number in its process.</summary>
    public int Descriptor { get; }

    /// <summary>IFF_* of TUNGETIFF (include/uapi/linux/if_tun.h), such as 0x5002.</summary>
    public int Flags { get; }

    /// <summary>Whether a vnet header stands before each frame (IFF_VNET_HDR).</summary>
    public bool VnetHeader => (Flags & Libc.IFF_VNET_HDR) != 0;

    /// <summary>Whether the four bytes of packet information stand before each frame (IFF_NO_PI is off).</summary>
    public bool PacketInformation => (Flags & Libc.IFF_NO_PI) == 0;

    /// <summary>Whether the opener asked for several queues (IFF_MULTI_QUEUE). Each open of a macvtap is a queue all the same.</summary>
    public bool MultiQueue => (Flags & Libc.IFF_MULTI_QUEUE) != 0;

    /// <summary>How long the vnet header would be, in bytes: 10, or 12 with the number of buffers. Null where the kernel does not say.</summary>
    public int? VnetHeaderSize { get; }

    /// <summary>For example "fd 27: 0x5002, vnet header 10 bytes".</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"fd {Descriptor}: 0x{Flags:x4}{(VnetHeader ? $", vnet header {VnetHeaderSize} bytes" : ", no vnet header")}");
}
