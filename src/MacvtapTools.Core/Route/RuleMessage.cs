using System.Runtime.InteropServices;

namespace MacvtapTools.Route;

/// <summary>struct fib_rule_hdr (include/uapi/linux/fib_rules.h): 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RuleMessage
{
    internal byte Family;
    internal byte DestinationLength;
    internal byte SourceLength;
    internal byte TypeOfService;
    internal byte Table;
    internal byte Reserved1;
    internal byte Reserved2;
    internal byte Action;
    internal uint Flags;
}
