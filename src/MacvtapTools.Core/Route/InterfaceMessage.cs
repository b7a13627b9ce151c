using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct ifinfomsg (include/uapi/linux/rtnetlink.h): 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InterfaceMessage
{
    internal byte Family;
    internal byte Padding;
    internal ushort Type;
    internal int Index;
    internal uint Flags;
    internal uint Change;
}
