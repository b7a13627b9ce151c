using System.Reflection;
using System.Runtime.InteropServices;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Netlink;

/// <summary>Constants and structures are those of the installed kernel headers.</summary>
public sealed class HeaderTests(ITestOutputHelper output)
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly (Type Type, string Structure, (string Field, string Name)[] Fields)[] Structures =
    [
        (typeof(MessageHeader), "struct nlmsghdr", [("Length", "nlmsg_len"), ("Type", "nlmsg_type"), ("Flags", "nlmsg_flags"), ("Sequence", "nlmsg_seq"), ("PortId", "nlmsg_pid")]),
        (typeof(InterfaceMessage), "struct ifinfomsg", [("Family", "ifi_family"), ("Padding", "__ifi_pad"), ("Type", "ifi_type"), ("Index", "ifi_index"), ("Flags", "ifi_flags"), ("Change", "ifi_change")]),
        (typeof(NeighbourMessage), "struct ndmsg", [("Family", "ndm_family"), ("Padding1", "ndm_pad1"), ("Padding2", "ndm_pad2"), ("Index", "ndm_ifindex"), ("State", "ndm_state"), ("Flags", "ndm_flags"), ("Type", "ndm_type")]),
        (typeof(AddressMessage), "struct ifaddrmsg", [("Family", "ifa_family"), ("PrefixLength", "ifa_prefixlen"), ("Flags", "ifa_flags"), ("Scope", "ifa_scope"), ("Index", "ifa_index")]),
        (typeof(RouteMessage), "struct rtmsg", [("Family", "rtm_family"), ("DestinationLength", "rtm_dst_len"), ("SourceLength", "rtm_src_len"), ("TypeOfService", "rtm_tos"), ("Table", "rtm_table"), ("Protocol", "rtm_protocol"), ("Scope", "rtm_scope"), ("Type", "rtm_type"), ("Flags", "rtm_flags")]),
        (typeof(NextHopMessage), "struct rtnexthop", [("Length", "rtnh_len"), ("Flags", "rtnh_flags"), ("Hops", "rtnh_hops"), ("Index", "rtnh_ifindex")]),
        (typeof(RuleMessage), "struct fib_rule_hdr", [("Family", "family"), ("DestinationLength", "dst_len"), ("SourceLength", "src_len"), ("TypeOfService", "tos"), ("Table", "table"), ("Reserved1", "res1"), ("Reserved2", "res2"), ("Action", "action"), ("Flags", "flags")]),
        (typeof(TrafficControlMessage), "struct tcmsg", [("Family", "tcm_family"), ("Padding1", "tcm__pad1"), ("Padding2", "tcm__pad2"), ("Index", "tcm_ifindex"), ("Handle", "tcm_handle"), ("Parent", "tcm_parent"), ("Info", "tcm_info")]),
        (typeof(Libc.sockaddr_nl), "struct sockaddr_nl", [("nl_family", "nl_family"), ("nl_pad", "nl_pad"), ("nl_pid", "nl_pid"), ("nl_groups", "nl_groups")]),
        (typeof(Libc.TimeValue), "struct timeval", [("tv_sec", "tv_sec"), ("tv_usec", "tv_usec")]),
        (typeof(Libc.PollRequest), "struct pollfd", [("Descriptor", "fd"), ("Wanted", "events"), ("Found", "revents")]),
        (typeof(Libc.ControlHeader), "struct cmsghdr", [("Length", "cmsg_len"), ("Level", "cmsg_level"), ("Type", "cmsg_type")]),
        (typeof(Libc.packet_mreq), "struct packet_mreq", [("mr_ifindex", "mr_ifindex"), ("mr_type", "mr_type"), ("mr_alen", "mr_alen"), ("_mr_address", "mr_address")]),
        (typeof(Libc.tpacket_req3), "struct tpacket_req3", [("tp_block_size", "tp_block_size"), ("tp_block_nr", "tp_block_nr"), ("tp_frame_size", "tp_frame_size"), ("tp_frame_nr", "tp_frame_nr"), ("tp_retire_blk_tov", "tp_retire_blk_tov"), ("tp_sizeof_priv", "tp_sizeof_priv"), ("tp_feature_req_word", "tp_feature_req_word")]),
        (typeof(Libc.tpacket_stats_v3), "struct tpacket_stats_v3", [("tp_packets", "tp_packets"), ("tp_drops", "tp_drops"), ("tp_freeze_q_cnt", "tp_freeze_q_cnt")]),
        (typeof(Libc.tpacket_block_desc), "struct tpacket_block_desc", [("version", "version"), ("offset_to_priv", "offset_to_priv"), ("block_status", "hdr.bh1.block_status"), ("num_pkts", "hdr.bh1.num_pkts"), ("offset_to_first_pkt", "hdr.bh1.offset_to_first_pkt")]),
        (typeof(Libc.tpacket3_hdr), "struct tpacket3_hdr", [("tp_next_offset", "tp_next_offset"), ("tp_sec", "tp_sec"), ("tp_nsec", "tp_nsec"), ("tp_snaplen", "tp_snaplen"), ("tp_len", "tp_len"), ("tp_status", "tp_status"), ("tp_mac", "tp_mac"), ("tp_net", "tp_net"), ("tp_rxhash", "hv1.tp_rxhash"), ("tp_vlan_tci", "hv1.tp_vlan_tci"), ("tp_vlan_tpid", "hv1.tp_vlan_tpid")]),
        (typeof(Libc.FilterInstruction), "struct sock_filter", [("Code", "code"), ("JumpTrue", "jt"), ("JumpFalse", "jf"), ("Value", "k")]),
        (typeof(FileStatus), "struct statx", []),
    ];

    [Fact]
    public void Every_constant_has_the_headers_value()
    {
        SkipWithoutCompiler();
        List<(string Name, string Expression, long Value)> ours = HeaderNames.All();
        Dictionary<string, long> theirs = HeaderProgram.Evaluate([.. ours.Select(c => c.Expression)], out List<string> lacking);
        output.WriteLine($"{ours.Count} constants; the installed headers lack {lacking.Count}: {string.Join(", ", lacking)}.");
        Assert.Empty(ours.Where(c => theirs.TryGetValue(c.Expression, out long value) && (uint)value != (uint)c.Value).Select(c => $"{c.Name} is {c.Value}, {c.Expression} is {theirs[c.Expression]}"));

        // Old headers may lack a few new names. Where most are lacking the comparison itself is broken.
        Assert.True(lacking.Count * 10 < ours.Count, "More than a tenth of the names is not in the headers.");
    }

    [Fact]
    public void Every_structure_has_the_headers_layout()
    {
        SkipWithoutCompiler();
        var ours = new Dictionary<string, long>();
        foreach ((Type type, string structure, (string Field, string Name)[] fields) in Structures.Where(s => s.Fields.Length > 0))
        {
            ours[$"sizeof({structure})"] = Marshal.SizeOf(type);
            Assert.Equal(type.GetFields(Fields).Select(f => f.Name), fields.Select(f => f.Field));
            foreach ((string field, string name) in fields)
            {
                ours[$"offsetof({structure}, {name})"] = Marshal.OffsetOf(type, field);
                ours[$"sizeof((({structure} *)0)->{name})"] = Marshal.SizeOf(type.GetField(field, Fields)!.FieldType);
            }
        }

        Dictionary<string, long> theirs = HeaderProgram.Evaluate(ours.Keys, out List<string> lacking);
        Assert.Empty(lacking);
        Assert.Equal(theirs.OrderBy(p => p.Key), ours.OrderBy(p => p.Key));
    }

    /// <summary>A structure that comes new into these rooms belongs into the table.</summary>
    [Fact]
    public void No_structure_is_without_its_comparison()
    {
        IEnumerable<Type> laidOut = typeof(MessageHeader).Assembly.GetTypes().Where(t =>
            t is { IsValueType: true, IsEnum: false, IsByRefLike: false, IsGenericType: false } && t.Namespace is "MacvtapTools.Interop" or "MacvtapTools.Netlink" or "MacvtapTools.Route"
            && t.GetFields(Fields) is { Length: > 0 } fields && fields.All(f => f.FieldType.IsPrimitive) && !t.Name.Contains('<', StringComparison.Ordinal) && t != typeof(DumpOutcome));
        Assert.Empty(laidOut.Except(Structures.Select(s => s.Type)).Select(t => t.FullName));
    }

    [Fact]
    public void The_kinds_own_numbers_of_tun_are_those_of_the_headers()
    {
        SkipWithoutCompiler();
        string[] names = ["OWNER", "GROUP", "TYPE", "PI", "VNET_HDR", "PERSIST", "MULTI_QUEUE", "NUM_QUEUES", "NUM_DISABLED_QUEUES"];
        Dictionary<string, long> numbers = HeaderProgram.Evaluate([.. names.Select(n => $"IFLA_TUN_{n}")], out List<string> lacking);
        Assert.Empty(lacking);
        byte[] data = [.. names.SelectMany((n, i) => Wire.Attribute((int)numbers[$"IFLA_TUN_{n}"], (uint)(i + 1)))];
        TunFacts facts = TunCodec.Read(new AttributeReader(data));
        Assert.Equal((1u, 2u, (byte)3, 8u, 9u), (facts.Owner, facts.Group, facts.Type, facts.Queues, facts.DisabledQueues));
        foreach (string flag in names[3..7])
        {
            TunFacts one = TunCodec.Read(new AttributeReader(Wire.Attribute((int)numbers[$"IFLA_TUN_{flag}"], 1)));
            Assert.Equal((flag == "PI", flag == "VNET_HDR", flag == "PERSIST", flag == "MULTI_QUEUE"), (one.PacketInformation, one.VnetHeader, one.Persistent, one.MultiQueue));
        }
    }

    [Fact]
    public void Counters_stand_where_the_headers_have_them()
    {
        SkipWithoutCompiler();
        (string Name, Func<LinkStatistics, ulong> Read)[] counters =
        [
            ("rx_packets", s => s.ReceivedPackets), ("tx_packets", s => s.SentPackets), ("rx_bytes", s => s.ReceivedBytes), ("tx_bytes", s => s.SentBytes), ("rx_errors", s => s.ReceiveErrors),
            ("tx_errors", s => s.SendErrors), ("rx_dropped", s => s.ReceiveDropped), ("tx_dropped", s => s.SendDropped), ("multicast", s => s.Multicast), ("collisions", s => s.Collisions),
            ("rx_nohandler", s => s.ReceiveNoHandler), ("rx_otherhost_dropped", s => s.ReceiveOtherHost),
        ];
        Dictionary<string, long> offsets = HeaderProgram.Evaluate([.. counters.Select(c => $"offsetof(struct rtnl_link_stats64, {c.Name})")], out List<string> lacking);
        output.WriteLine($"The installed headers lack {lacking.Count}: {string.Join(", ", lacking)}.");
        foreach ((string name, Func<LinkStatistics, ulong> read) in counters)
        {
            if (!offsets.TryGetValue($"offsetof(struct rtnl_link_stats64, {name})", out long offset)) continue;
            byte[] bytes = new byte[200];
            bytes[offset] = 7;
            Assert.Equal((name, 7ul), (name, read(new LinkStatistics(bytes))));
            Assert.Equal((name, 0ul), (name, read(new LinkStatistics(new byte[3]))));
        }
    }

    private static void SkipWithoutCompiler()
    {
        if (HeaderProgram.Obstacle() is { } obstacle) Assert.Skip(obstacle);
    }
}
