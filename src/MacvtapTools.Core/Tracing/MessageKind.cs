using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Tracing;

/// <summary>A family of messages: its types, the header that they begin with, and their attributes.</summary>
/// <param name="Name">What the types end with: LINK of RTM_NEWLINK.</param>
/// <param name="FirstType">The number of RTM_NEW…; RTM_DEL…, RTM_GET… and RTM_SET… follow.</param>
/// <param name="HeaderLength">How many bytes stand before the attributes.</param>
/// <param name="DescribeHeader">Writes the header down.</param>
/// <param name="Attributes">What the attributes mean.</param>
internal sealed record MessageKind(string Name, ushort FirstType, int HeaderLength, Func<byte[], string> DescribeHeader, AttributeScope Attributes)
{
    private const ushort RTM_NEWNSID = 88;

    private static readonly string[] Verbs = ["NEW", "DEL", "GET", "SET"];

    private static readonly (ushort Bit, string Name)[] CommonFlags =
        [(NLM_F_REQUEST, "REQUEST"), (NLM_F_MULTI, "MULTI"), (NLM_F_ACK, "ACK"), (NLM_F_ECHO, "ECHO"), (NLM_F_DUMP_INTR, "DUMP_INTR"), (NLM_F_DUMP_FILTERED, "DUMP_FILTERED")];

    private static readonly (ushort Bit, string Name)[] ChangeFlags = [(NLM_F_REPLACE, "REPLACE"), (NLM_F_EXCL, "EXCL"), (NLM_F_CREATE, "CREATE"), (NLM_F_APPEND, "APPEND")];

    private static readonly (ushort Bit, string Name)[] GetFlags = [(NLM_F_DUMP, "DUMP"), (NLM_F_ROOT, "ROOT"), (NLM_F_MATCH, "MATCH")];

    private static readonly (ushort Bit, string Name)[] OutcomeFlags = [(NLM_F_CAPPED, "CAPPED"), (NLM_F_ACK_TLVS, "ACK_TLVS")];

    private static readonly MessageKind[] All =
    [
        new("LINK", RTM_NEWLINK, 16, LinkHeader, AttributeScopes.Link),
        new("ADDR", RTM_NEWADDR, 8, header => $"family {header[0]}, prefix length {header[1]}, scope {header[3]}, index {BitConverter.ToInt32(header, 4)}", AttributeScopes.Address),
        new("ROUTE", RTM_NEWROUTE, 12, header => $"family {header[0]}, prefix length {header[1]}, table {header[4]}, protocol {header[5]}, scope {header[6]}, type {header[7]}", AttributeScopes.Route),
        new("NEIGH", RTM_NEWNEIGH, 12, header => $"family {header[0]}, index {BitConverter.ToInt32(header, 4)}, state 0x{BitConverter.ToUInt16(header, 8):x}, flags 0x{header[10]:x}", AttributeScopes.Neighbour),
        new("RULE", RTM_NEWRULE, 12, header => $"family {header[0]}, table {header[4]}, action {header[7]}", AttributeScopes.Rule),
        new("QDISC", RTM_NEWQDISC, 20, TrafficHeader, AttributeScopes.TrafficControl),
        new("TFILTER", RTM_NEWTFILTER, 20, TrafficHeader, AttributeScopes.TrafficControl),
        new("NSID", RTM_NEWNSID, 4, _ => string.Empty, AttributeScopes.NamespaceId),
        new("LINKPROP", RTM_NEWLINKPROP, 16, LinkHeader, AttributeScopes.Link),
    ];

    /// <summary>The family of a type, or null.</summary>
    internal static MessageKind? Of(ushort type) => Array.Find(All, kind => kind.FirstType <= type && type < kind.FirstType + Verbs.Length);

    /// <summary>A type as the headers call it.</summary>
    internal static string TypeName(ushort type) => type switch
    {
        NLMSG_NOOP => "NLMSG_NOOP",
        NLMSG_ERROR => "NLMSG_ERROR",
        NLMSG_DONE => "NLMSG_DONE",
        NLMSG_OVERRUN => "NLMSG_OVERRUN",
        _ => Of(type) is { } kind ? $"RTM_{Verbs[type - kind.FirstType]}{kind.Name}" : $"message type {type}",
    };

    /// <summary>The flags of a message, by name: what the upper bits mean depends on whether it asks, changes or answers.</summary>
    internal static IEnumerable<string> Flags(MessageHeader header)
    {
        bool asks = Of(header.Type) is { } kind && Verbs[header.Type - kind.FirstType] == "GET";
        int left = header.Flags;
        foreach ((ushort bit, string name) in CommonFlags.Concat(header.Type is NLMSG_ERROR or NLMSG_DONE ? OutcomeFlags : asks ? GetFlags : ChangeFlags))
        {
            if ((left & bit) != bit) continue;
            left &= ~bit;
            yield return name;
        }

        if (left != 0) yield return $"0x{left:x}";
    }

    private static string TrafficHeader(byte[] header) =>
        $"index {BitConverter.ToInt32(header, 4)}, handle 0x{BitConverter.ToUInt32(header, 8):x}, parent 0x{BitConverter.ToUInt32(header, 12):x}, info 0x{BitConverter.ToUInt32(header, 16):x}";

    private static string LinkHeader(byte[] header) =>
        $"family {header[0]}, index {BitConverter.ToInt32(header, 4)}, flags 0x{BitConverter.ToUInt32(header, 8):x}, change 0x{BitConverter.ToUInt32(header, 12):x}";
}
