using System.Buffers.Binary;
using System.Net;
using MacvtapTools.Failures;
using MacvtapTools.Protection;
using Xunit;
using static MacvtapTools.Tests.Protection.WireFrame;

namespace MacvtapTools.Tests.Protection;

/// <summary>What the programs let through, run on frames.</summary>
public sealed class ProtectionCompilerTests
{
    private static readonly ProtectionRules Source = new() { Sources = [ProtectionRules.MacNumber(Mac(Guest))] };
    private static readonly ProtectionRules Isolated = new() { Isolate = true, Siblings = [ProtectionRules.MacNumber(Mac(Other)), 0x0200_0000_0007] };
    private static readonly ProtectionRules Dhcp = new() { BlockDhcpServer = true };
    private static readonly ProtectionRules Advertisement = new() { BlockRouterAdvertisement = true };
    private static readonly ProtectionRules Claims = new() { ArpAddresses = [IPv4("10.0.0.5"), IPv4("10.0.0.6")], NeighbourAddresses = [IPv6("fe80::1"), IPv6("fd00::5")] };
    private static readonly ProtectionRules OnlyFour = new() { ArpAddresses = [IPv4("10.0.0.5")] };

    private static readonly ProtectionRules Everything = new()
    {
        Sources = Source.Sources,
        Isolate = true,
        Siblings = Isolated.Siblings,
        BlockDhcpServer = true,
        BlockRouterAdvertisement = true,
        ArpAddresses = Claims.ArpAddresses,
        NeighbourAddresses = Claims.NeighbourAddresses,
    };

    /// <summary>Name, rules, frame, whether it is let through.</summary>
    private static readonly (string Name, ProtectionRules Rules, byte[] Frame, bool Passes)[] Outgoing =
    [
        ("own source", Source, Ethernet(0x88b5, new byte[46]), true),
        ("foreign source", Source, Ethernet(0x88b5, new byte[46], Other), false),
        ("source that differs in the first byte", Source, Ethernet(0x88b5, new byte[46], "06:00:00:00:00:01"), false),
        ("source that differs in the last byte", Source, Ethernet(0x88b5, new byte[46], "02:00:00:00:00:03"), false),
        ("foreign source, tagged", Source, Ethernet(0x88b5, new byte[46], Other, Router, 0x8100), false),
        ("own source, tagged", Source, Ethernet(0x88b5, new byte[46], Guest, Router, 0x8100), true),
        ("to a sibling", Isolated, Ethernet(0x88b5, new byte[46], Guest, Other), false),
        ("to the other sibling, tagged", Isolated, Ethernet(0x88b5, new byte[46], Guest, "02:00:00:00:00:07", 0x88a8), false),
        ("to the router", Isolated, Ethernet(0x88b5, new byte[46]), true),
        ("broadcast of an isolated link", Isolated, Ethernet(0x88b5, new byte[46], Guest, Broadcast), true),
        ("DHCP answer", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68))), false),
        ("DHCP answer from another port", Dhcp, Ethernet(0x0800, Four(17, Udp(4011, 68))), false),
        ("DHCP answer behind IP options", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68), 0, 3)), false),
        ("DHCP answer, tagged", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68)), Guest, Router, 0x8100), false),
        ("DHCP answer, tagged twice", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68)), Guest, Router, 0x88a8, 0x8100), false),
        ("DHCP answer, tagged three times", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68)), Guest, Router, 0x8100, 0x8100, 0x8100), false),
        ("DHCP answer, first fragment", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68), 0x2000)), false),
        ("later fragment", Dhcp, Ethernet(0x0800, Four(17, Udp(67, 68), 0x2003)), true),
        ("TCP from 67 to 68", Dhcp, Ethernet(0x0800, Four(6, Udp(67, 68))), true),
        ("DHCP question", Dhcp, Ethernet(0x0800, Four(17, Udp(68, 67))), true),
        ("header length below 20", Dhcp, [.. Ethernet(0x0800, [0x42]), .. Four(17, Udp(67, 68))[1..]], false),
        ("DHCP in an 802.2 envelope", Dhcp, Ethernet(60, [0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Four(17, Udp(67, 68))]), false),
        ("spanning tree", Everything, Ethernet(38, [0x42, 0x42, 3, .. new byte[43]]), true),
        ("CDP", Everything, Ethernet(38, [0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0, .. new byte[43]]), true),
        ("DHCPv6 answer", Dhcp, Ethernet(0x86dd, Six(17, Udp(547, 546))), false),
        ("DHCPv6 answer behind options", Dhcp, Ethernet(0x86dd, Six(60, Extension(17, Udp(547, 546)))), false),
        ("DHCPv6 question", Dhcp, Ethernet(0x86dd, Six(17, Udp(546, 547))), true),
        ("router advertisement where only DHCP is blocked", Dhcp, Ethernet(0x86dd, Six(58, Icmp(134))), true),
        ("router advertisement", Advertisement, Ethernet(0x86dd, Six(58, Icmp(134))), false),
        ("router advertisement, tagged", Advertisement, Ethernet(0x86dd, Six(58, Icmp(134)), Guest, Router, 0x8100), false),
        ("router advertisement behind hop-by-hop options", Advertisement, Ethernet(0x86dd, Six(0, Extension(58, Icmp(134)))), false),
        ("router advertisement behind long destination options", Advertisement, Ethernet(0x86dd, Six(60, Extension(58, Icmp(134), 3))), false),
        ("router advertisement behind an authentication header", Advertisement, Ethernet(0x86dd, Six(51, Authentication(58, Icmp(134)))), false),
        ("router advertisement behind four headers", Advertisement, Ethernet(0x86dd, Six(0, Extension(43, Extension(60, Extension(135, Extension(58, Icmp(134))))))), false),
        ("router advertisement in the first fragment", Advertisement, Ethernet(0x86dd, Six(44, FragmentHeader(58, Icmp(134)))), false),
        ("first fragment that ends before it tells", Advertisement, Ethernet(0x86dd, Six(44, FragmentHeader(60, []))), false),
        ("later fragment of IPv6", Advertisement, Ethernet(0x86dd, Six(44, FragmentHeader(58, Icmp(134), 3))), true),
        ("nothing behind eight headers", Advertisement, Ethernet(0x86dd, Six(60, Nested(8, 59, []))), true),
        ("router advertisement behind eight headers", Advertisement, Ethernet(0x86dd, Six(60, Nested(8, 58, Icmp(134)))), false),
        ("nine headers", Advertisement, Ethernet(0x86dd, Six(60, Nested(9, 59, []))), false),
        ("options that claim to be longer than the frame", Advertisement, Ethernet(0x86dd, Six(60, [58, 200, 0, 0, 0, 0, 0, 0, .. Icmp(134)])), false),
        ("router solicitation", Advertisement, Ethernet(0x86dd, Six(58, Icmp(133))), true),
        ("neighbour advertisement where only router advertisements are blocked", Advertisement, Ethernet(0x86dd, Six(58, Icmp(136, "fd00::66"))), true),
        ("ESP", Advertisement, Ethernet(0x86dd, Six(50, new byte[20])), true),
        ("ARP for its address", Claims, Ethernet(0x0806, Arp("10.0.0.5", "10.0.0.1")), true),
        ("ARP for its second address, tagged", Claims, Ethernet(0x0806, Arp("10.0.0.6", "10.0.0.1"), Guest, Broadcast, 0x8100), true),
        ("ARP answer for the router's address", Claims, Ethernet(0x0806, Arp("10.0.0.1", "10.0.0.9", 2)), false),
        ("ARP for a foreign address, tagged twice", Claims, Ethernet(0x0806, Arp("10.0.0.1", "10.0.0.9"), Guest, Broadcast, 0x88a8, 0x8100), false),
        ("ARP probe for its address", Claims, Ethernet(0x0806, Arp("0.0.0.0", "10.0.0.6")), true),
        ("ARP probe for a foreign address", Claims, Ethernet(0x0806, Arp("0.0.0.0", "10.0.0.1")), false),
        ("ARP answer from nowhere", Claims, Ethernet(0x0806, Arp("0.0.0.0", "10.0.0.6", 2)), false),
        ("ARP of another hardware", Claims, Ethernet(0x0806, [0, 6, .. Arp("10.0.0.5", "10.0.0.1")[2..]]), false),
        ("ARP with other lengths", Claims, Ethernet(0x0806, [.. Arp("10.0.0.5", "10.0.0.1")[..4], 8, 4, .. Arp("10.0.0.5", "10.0.0.1")[6..]]), false),
        ("ARP, cut off", Claims, Ethernet(0x0806, Arp("10.0.0.5", "10.0.0.1")[..27]), false),
        ("neighbour advertisement of its address", Claims, Ethernet(0x86dd, Six(58, Icmp(136, "fd00::5"))), true),
        ("neighbour advertisement of a foreign address", Claims, Ethernet(0x86dd, Six(58, Icmp(136, "fd00::1"))), false),
        ("neighbour advertisement of a foreign address behind options", Claims, Ethernet(0x86dd, Six(0, Extension(58, Icmp(136, "fd00::1")))), false),
        ("neighbour advertisement, cut off", Claims, Ethernet(0x86dd, Six(58, Icmp(136, "fd00::5")[..23])), false),
        ("neighbour solicitation from its address", Claims, Ethernet(0x86dd, Six(58, Icmp(135, "fd00::1"))), true),
        ("neighbour solicitation from a foreign address", Claims, Ethernet(0x86dd, Six(58, Icmp(135, "fd00::1"), "fd00::66")), false),
        ("neighbour solicitation from nowhere", Claims, Ethernet(0x86dd, Six(58, Icmp(135, "fd00::5"), "::")), true),
        ("router solicitation from a foreign address", Claims, Ethernet(0x86dd, Six(58, Icmp(133), "fe80::66")), false),
        ("router advertisement from its address", Claims, Ethernet(0x86dd, Six(58, Icmp(134))), true),
        ("redirect from a foreign address", Claims, Ethernet(0x86dd, Six(58, Icmp(137), "fe80::66")), false),
        ("echo from a foreign address", Claims, Ethernet(0x86dd, Six(58, Icmp(128), "fd00::66")), true),
        ("neighbour advertisement where only IPv4 addresses are given", OnlyFour, Ethernet(0x86dd, Six(58, Icmp(136, "fd00::1"))), true),
        ("ARP for its address among all rules", Everything, Ethernet(0x0806, Arp("10.0.0.5", "10.0.0.1"), Guest, Broadcast), true),
        ("router advertisement among all rules", Everything, Ethernet(0x86dd, Six(58, Icmp(134))), false),
        ("TCP among all rules", Everything, Ethernet(0x0800, Four(6, new byte[20])), true),
        ("IPv6 TCP among all rules", Everything, Ethernet(0x86dd, Six(6, new byte[20])), true),
    ];

    public static TheoryData<string> Names => [.. Outgoing.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_passes_or_is_dropped(string name)
    {
        (_, ProtectionRules rules, byte[] frame, bool passes) = Assert.Single(Outgoing, o => o.Name == name);
        (uint verdict, bool isOverrun) = BpfInterpreter.Run(ProtectionCompiler.Outgoing(rules), frame);
        Assert.False(isOverrun);
        Assert.Equal(passes ? BpfInterpreter.NoOpinion : BpfInterpreter.Drop, verdict);
    }

    [Fact]
    public void An_isolated_link_gets_nothing_from_siblings_and_all_from_others()
    {
        IReadOnlyList<BpfInstruction> program = ProtectionCompiler.Incoming(Isolated);
        Assert.Equal(BpfInterpreter.Drop, BpfInterpreter.Run(program, Ethernet(0x88b5, new byte[46], Other, Guest)).Verdict);
        Assert.Equal(BpfInterpreter.Drop, BpfInterpreter.Run(program, Ethernet(0x88b5, new byte[46], Other, Broadcast)).Verdict);
        Assert.Equal(BpfInterpreter.Drop, BpfInterpreter.Run(program, Ethernet(0x88b5, new byte[46], "02:00:00:00:00:07", Guest, 0x8100)).Verdict);
        Assert.Equal(BpfInterpreter.NoOpinion, BpfInterpreter.Run(program, Ethernet(0x88b5, new byte[46], Router, Guest)).Verdict);
    }

    /// <summary>A load behind the end would let the frame pass, whatever other filters say.</summary>
    [Fact]
    public void No_frame_however_short_is_read_behind_its_end()
    {
        foreach ((string name, _, byte[] frame, _) in Outgoing)
        {
            foreach (ProtectionRules rules in (ProtectionRules[])[Everything, Claims, Dhcp, Advertisement, Source, Isolated])
            {
                IReadOnlyList<BpfInstruction> program = ProtectionCompiler.Outgoing(rules);
                for (int length = 0; length <= frame.Length; length++)
                {
                    (uint verdict, bool isOverrun) = BpfInterpreter.Run(program, frame.AsSpan(0, length));
                    Assert.False(isOverrun, $"{name}, {length} bytes");
                    Assert.True(verdict is BpfInterpreter.Drop or BpfInterpreter.NoOpinion);
                    if (length < 14) Assert.Equal(BpfInterpreter.Drop, verdict);
                }
            }
        }
    }

    [Fact]
    public void Random_bytes_are_never_read_behind_their_end()
    {
        var random = new Random(5);
        IReadOnlyList<BpfInstruction> program = ProtectionCompiler.Outgoing(new ProtectionRules { BlockDhcpServer = true, BlockRouterAdvertisement = true, ArpAddresses = Claims.ArpAddresses, NeighbourAddresses = Claims.NeighbourAddresses });
        byte[][] headers = [[0x08, 0x06], [0x08, 0x00, 0x45], [0x86, 0xdd, 0x60], [0x81, 0x00], [0x00, 0x30, 0xaa, 0xaa]];
        int[] extensions = [0, 43, 44, 51, 60, 135, 139, 140, 58, 17];
        for (int i = 0; i < 200_000; i++)
        {
            byte[] frame = new byte[random.Next(0, 400)];
            random.NextBytes(frame);
            byte[] header = headers[random.Next(headers.Length)];
            if (frame.Length > 80)
            {
                header.CopyTo(frame, 12);
                if (header[0] == 0x86) for (int at = 20; at < 61; at += 8) frame[at == 20 ? 20 : at + 2] = (byte)extensions[random.Next(extensions.Length)];
            }

            Assert.False(BpfInterpreter.Run(program, frame).IsOverrun, Convert.ToHexString(frame));
        }
    }

    [Fact]
    public void The_kernel_takes_every_program_and_too_many_addresses_are_refused()
    {
        foreach (int count in (int[])[0, 1, 20, 60, 63, 64, 65, 70, 130, 200, 400])
        {
            var rules = new ProtectionRules
            {
                Sources = [.. Enumerable.Range(1, count).Select(i => 0x0200_0000_0000ul + (uint)i)],
                BlockDhcpServer = true,
                BlockRouterAdvertisement = true,
                ArpAddresses = [.. Enumerable.Range(1, count / 4).Select(i => (uint)i)],
                NeighbourAddresses = [.. Enumerable.Range(1, count / 4).Select(i => (UInt128)i)],
            };
            IReadOnlyList<BpfInstruction> program = ProtectionCompiler.Outgoing(rules);
            Assert.Null(BpfInterpreter.Complaint(program));
            if (count == 0) continue;
            Assert.Equal(BpfInterpreter.NoOpinion, BpfInterpreter.Run(program, Ethernet(0x88b5, new byte[46], ProtectionRules.MacText(0x0200_0000_0000ul + (uint)count))).Verdict);
            Assert.Equal(BpfInterpreter.Drop, BpfInterpreter.Run(program, Ethernet(0x88b5, new byte[46], ProtectionRules.MacText(0x0200_0000_0000ul + (uint)count + 1))).Verdict);
        }

        var tooMany = new ProtectionRules { Sources = [.. Enumerable.Range(1, 1000).Select(i => 0x0200_0000_0000ul + (uint)i)] };
        MacvtapException refusal = Assert.Throws<MacvtapException>(() => ProtectionCompiler.Outgoing(tooMany));
        Assert.Equal(FailureId.ParameterInvalid, refusal.Id);
    }

    [Fact]
    public void A_program_is_as_it_was_published()
    {
        // The golden program: what a kernel holds must be understood by later versions, so that its bytes may only change with its version.
        string[] lines = [.. ProtectionCompiler.Outgoing(new ProtectionRules { Sources = Source.Sources, ArpAddresses = OnlyFour.ArpAddresses, OwnsHook = true }).Select(i => i.ToString())];
        Assert.Equal(TestData.Text("protection-program.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')), lines);
    }

    private static byte[] Nested(int count, int last, byte[] inner)
    {
        for (int i = 0; i < count; i++) inner = Extension(i == 0 ? last : 60, inner);
        return inner;
    }

    private static uint IPv4(string text) => BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(text).GetAddressBytes());

    private static UInt128 IPv6(string text) => BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(text).GetAddressBytes());
}
