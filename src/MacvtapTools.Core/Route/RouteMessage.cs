using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct rtmsg (include/uapi/linux/rtnetlink.h): 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RouteMessage
{
    internal byte Family;
    internal byte DestinationLength;
    internal byte SourceLength;
    internal byte TypeOfService;
    internal byte Table;
    internal byte Protocol;
    internal byte Scope;
    internal byte Type;
    internal uint Flags;
}
