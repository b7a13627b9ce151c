using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct rtnexthop (include/uapi/linux/rtnetlink.h): 8 bytes, then attributes up to the length.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NextHopMessage
{
    internal ushort Length;
    internal byte Flags;
    internal byte Hops;
    internal int Index;
}
