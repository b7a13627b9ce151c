using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct ifaddrmsg (include/uapi/linux/if_addr.h): 8 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressMessage
{
    internal byte Family;
    internal byte PrefixLength;
    internal byte Flags;
    internal byte Scope;
    internal uint Index;
}
