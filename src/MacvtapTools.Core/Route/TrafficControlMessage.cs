using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct tcmsg (include/uapi/linux/rtnetlink.h): 20 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrafficControlMessage
{
    internal byte Family;
    internal byte Padding1;
    internal ushort Padding2;
    internal int Index;
    internal uint Handle;
    internal uint Parent;
    internal uint Info;
}
