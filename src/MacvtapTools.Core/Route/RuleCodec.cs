using System.Runtime.InteropServices;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>The rules that say which routing table is looked into: RTM_GETRULE (net/core/fib_rules.c, include/uapi/linux/fib_rules.h).</summary>
internal static class RuleCodec
{
    internal const int FRA_PRIORITY = 6;
    internal const int FRA_TABLE = 15;

    private const byte FR_ACT_TO_TBL = 1;

    /// <summary>The rules of a family.</summary>
    internal static void ComposeDump(RequestBuffer requests, byte family)
    {
        using MessageWriter message = requests.Begin(RTM_GETRULE, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(new RuleMessage { Family = family });
    }

    /// <summary>Decodes a rule that leads every packet to a table; null for one that does anything else.</summary>
    internal static (uint Priority, uint Table)? Read(ReadOnlySpan<byte> body)
    {
        int length = Marshal.SizeOf<RuleMessage>();
        if (body.Length < length) return null;
        RuleMessage header = MemoryMarshal.Read<RuleMessage>(body);
        if (header.Action != FR_ACT_TO_TBL || header.DestinationLength != 0 || header.SourceLength != 0 || header.TypeOfService != 0) return null;
        (uint priority, uint table) = (0u, header.Table);
        var attributes = new AttributeReader(body[length..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == FRA_PRIORITY) priority = attributes.U32;
            else if (attributes.Type == FRA_TABLE) table = attributes.U32;
        }

        return attributes.IsMalformed ? null : (priority, table);
    }
}
