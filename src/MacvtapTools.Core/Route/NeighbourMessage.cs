using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct ndmsg (include/uapi/linux/neighbour.h): 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NeighbourMessage
{
    internal byte Family;
    internal byte Padding1;
    internal ushort Padding2;
    internal int Index;
    internal ushort State;
    internal byte Flags;
    internal byte Type;
}
