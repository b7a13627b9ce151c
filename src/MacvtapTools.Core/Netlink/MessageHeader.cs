using System.Runtime.InteropServices;

namespace MacvtapTools.Netlink;

/// <summary>struct nlmsghdr (include/uapi/linux/netlink.h): 16 bytes, host byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MessageHeader
{
    internal uint Length;
    internal ushort Type;
    internal ushort Flags;
    internal uint Sequence;
    internal uint PortId;
}
