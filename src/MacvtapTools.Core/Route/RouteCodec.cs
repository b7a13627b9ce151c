using System.Runtime.InteropServices;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>Routes: RTM_NEWROUTE, RTM_DELROUTE and RTM_GETROUTE (net/ipv4/fib_frontend.c and fib_semantics.c, net/ipv6/route.c).</summary>
internal static class RouteCodec
{
    internal const int RTA_DST = 1;
    internal const int RTA_OIF = 4;
    internal const int RTA_GATEWAY = 5;
    internal const int RTA_PRIORITY = 6;
    internal const int RTA_PREFSRC = 7;
    internal const int RTA_METRICS = 8;
    internal const int RTA_MULTIPATH = 9;
    internal const int RTA_FLOW = 11;
    internal const int RTA_TABLE = 15;
    internal const int RTA_VIA = 18;
    internal const int RTA_PREF = 20;
    internal const int RTA_ENCAP_TYPE = 21;
    internal const int RTA_ENCAP = 22;
    internal const int RTA_TTL_PROPAGATE = 26;
    internal const int RTA_NH_ID = 30;
    internal const byte RT_TABLE_UNSPEC = 0;
    internal const byte RT_TABLE_DEFAULT = 253;
    internal const byte RT_TABLE_MAIN = 254;
    internal const byte RT_TABLE_LOCAL = 255;
    internal const byte RT_SCOPE_UNIVERSE = 0;
    internal const byte RT_SCOPE_LINK = 253;
    internal const byte RT_SCOPE_HOST = 254;
    internal const byte RTN_UNSPEC = 0;
    internal const byte RTN_UNICAST = 1;
    internal const byte RTN_LOCAL = 2;
    internal const byte RTPROT_STATIC = 4;
    internal const uint RTNH_F_DEAD = 1;
    internal const uint RTNH_F_ONLINK = 4;
    internal const uint RTM_F_CLONED = 0x200;
    internal const uint IP6_RT_PRIO_USER = 1024;

    private const int ViaFamilyLength = sizeof(ushort);

    /// <summary>What is a route's or a way's own and nobody here looks into: MTU and windows, realm, the preference of a router, encapsulation.</summary>
    internal static bool IsKept(int type) => type is RTA_METRICS or RTA_FLOW or RTA_PREF or RTA_ENCAP_TYPE or RTA_ENCAP or RTA_TTL_PROPAGATE;

    /// <summary>Makes a route; EEXIST where there is one to that destination with that metric.</summary>
    internal static void ComposeAdd(RequestBuffer requests, RouteRecord route) => Compose(requests, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, route);

    /// <summary>Removes a route; ESRCH where there is none.</summary>
    internal static void ComposeRemove(RequestBuffer requests, RouteRecord route) => Compose(requests, RTM_DELROUTE, 0, route);

    /// <summary>The routes of a family. Old kernels do not filter: look at the table and the links of each.</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="table">The table; 0 for all. The kernel says ENOENT for one that has never had a route.</param>
    /// <param name="index">The link; 0 for all.</param>
    internal static void ComposeDump(RequestBuffer requests, byte family, uint table, int index)
    {
        using MessageWriter message = requests.Begin(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(new RouteMessage { Family = family });
        if (table != RT_TABLE_UNSPEC) message.U32(RTA_TABLE, table);
        if (index != 0) message.S32(RTA_OIF, index);
    }

    /// <summary>Decodes the body of a message; nothing in it makes this throw.</summary>
    internal static RouteRecord Read(ReadOnlySpan<byte> body)
    {
        var record = new RouteRecord();
        if (body.Length < Marshal.SizeOf<RouteMessage>())
        {
            record.IsMalformed = true;
            return record;
        }

        RouteMessage header = MemoryMarshal.Read<RouteMessage>(body);
        record.Family = header.Family;
        record.PrefixLength = header.DestinationLength;
        record.SourceLength = header.SourceLength;
        record.TypeOfService = header.TypeOfService;
        record.Table = header.Table;
        record.Protocol = header.Protocol;
        record.Scope = header.Scope;
        record.Type = header.Type;
        record.Flags = header.Flags;
        int index = 0;
        byte[]? gateway = null;
        var kept = new List<KeptAttribute>();
        var attributes = new AttributeReader(body[Marshal.SizeOf<RouteMessage>()..]);
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case RTA_DST: record.Destination = attributes.Value.ToArray(); break;
                case RTA_PREFSRC: record.PreferredSource = attributes.Value.ToArray(); break;
                case RTA_PRIORITY: record.Metric = attributes.U32; break;
                case RTA_NH_ID: record.NextHopId = attributes.U32; break;
                case RTA_TABLE: record.Table = attributes.U32; break;
                case RTA_OIF: index = attributes.S32; break;
                case RTA_MULTIPATH: record.IsMalformed |= !ReadNextHops(record, attributes.Value); break;
                case RTA_GATEWAY or RTA_VIA: gateway = ReadGateway(attributes); break;
                case var type when IsKept(type): kept.Add(new KeptAttribute(type, attributes.Value.ToArray())); break;
            }
        }

        record.Kept = kept;
        if (record.NextHops.Count == 0 && (index != 0 || gateway is not null)) record.NextHops.Add(new NextHop(index, gateway, header.Flags, 1));
        record.IsMalformed |= attributes.IsMalformed;
        return record;
    }

    /// <returns>Whether all lengths fit.</returns>
    private static bool ReadNextHops(RouteRecord record, ReadOnlySpan<byte> rest)
    {
        int headerLength = Marshal.SizeOf<NextHopMessage>();
        while (rest.Length >= headerLength)
        {
            NextHopMessage hop = MemoryMarshal.Read<NextHopMessage>(rest);
            if (hop.Length < headerLength || hop.Length > rest.Length) return false;
            byte[]? gateway = null;
            var kept = new List<KeptAttribute>();
            var attributes = new AttributeReader(rest[headerLength..hop.Length]);
            while (attributes.MoveNext())
            {
                if (attributes.Type is RTA_GATEWAY or RTA_VIA) gateway = ReadGateway(attributes);
                else if (IsKept(attributes.Type)) kept.Add(new KeptAttribute(attributes.Type, attributes.Value.ToArray()));
            }

            record.NextHops.Add(new NextHop(hop.Index, gateway, hop.Flags, hop.Hops + 1) { Kept = kept });
            if (attributes.IsMalformed) return false;
            rest = rest[Math.Min(Align(hop.Length), rest.Length)..];
        }

        return rest.IsEmpty;
    }

    /// <summary>RTA_VIA has the family before the address.</summary>
    private static byte[]? ReadGateway(in AttributeReader attribute) =>
        attribute.Type == RTA_GATEWAY ? attribute.Value.ToArray() : attribute.Value.Length > ViaFamilyLength ? attribute.Value[ViaFamilyLength..].ToArray() : null;

    private static void Compose(RequestBuffer requests, ushort type, int flags, RouteRecord route)
    {
        using MessageWriter message = requests.Begin(type, NLM_F_REQUEST | NLM_F_ACK | flags);
        message.Header(new RouteMessage
        {
            Family = route.Family,
            DestinationLength = (byte)route.PrefixLength,
            TypeOfService = route.TypeOfService,
            Table = route.Table <= byte.MaxValue ? (byte)route.Table : RT_TABLE_UNSPEC,
            Protocol = route.Protocol,
            Scope = route.Scope,
            Type = route.NextHopId is null ? route.Type : TypeOfNextHop(type),
            Flags = route.Flags,
        });
        if (route.Destination is { } destination) message.Bytes(RTA_DST, destination);
        message.U32(RTA_TABLE, route.Table);
        if (route.PreferredSource is { } source) message.Bytes(RTA_PREFSRC, source);
        if (route.Metric is { } metric) message.U32(RTA_PRIORITY, metric);
        if (type == RTM_NEWROUTE) WriteKept(message, route.NextHopId is null ? route.Kept : [.. route.Kept.Where(k => k.Type is RTA_METRICS or RTA_PREF)]);
        if (route.NextHopId is { } nextHop)
        {
            // The kernel takes either the object or the ways, and finds a route of an object by no way (fib_nh_match).
            message.U32(RTA_NH_ID, nextHop);
            return;
        }

        if (route.NextHops.Count == 0) return;
        if (route.NextHops.Count == 1)
        {
            WriteGateway(message, route, route.NextHops[0]);
            if (route.NextHops[0].Index != 0) message.S32(RTA_OIF, route.NextHops[0].Index);
            return;
        }

        using (message.Nest(RTA_MULTIPATH))
        {
            foreach (NextHop hop in route.NextHops) WriteNextHop(requests, message, route, hop);
        }
    }

    /// <summary>A route of an object that drops packets is listed as a blackhole, and is none to the kernel (fib_dump_info): any type will do to find it.</summary>
    private static byte TypeOfNextHop(ushort request) => request == RTM_DELROUTE ? RTN_UNSPEC : RTN_UNICAST;

    /// <summary>struct rtnexthop, and the gateway behind it; its length is in its own head.</summary>
    private static void WriteNextHop(RequestBuffer requests, MessageWriter message, RouteRecord route, NextHop hop)
    {
        int start = requests.Length;
        message.Header(new NextHopMessage { Flags = (byte)(hop.Flags & RTNH_F_ONLINK), Hops = (byte)(hop.Weight - 1), Index = hop.Index });
        WriteGateway(message, route, hop);
        WriteKept(message, hop.Kept ?? []);
        ushort length = (ushort)(requests.Length - start);
        MemoryMarshal.Write(requests.From(start), in length);
    }

    private static void WriteKept(MessageWriter message, IReadOnlyList<KeptAttribute> kept)
    {
        foreach (KeptAttribute attribute in kept) message.Bytes(attribute.Type, attribute.Value);
    }

    private static void WriteGateway(MessageWriter message, RouteRecord route, NextHop hop)
    {
        if (hop.Gateway is not { } gateway) return;
        byte family = FamilyOf(gateway);
        if (family == route.Family) message.Bytes(RTA_GATEWAY, gateway);
        else message.Bytes(RTA_VIA, [.. MemoryMarshal.AsBytes<ushort>([family]), .. gateway]);
    }
}
