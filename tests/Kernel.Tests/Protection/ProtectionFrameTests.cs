using System.Net;
using MacvtapTools.Protection;
using Xunit;
using static MacvtapTools.Kernel.Tests.Protection.ProtectionBench;

namespace MacvtapTools.Kernel.Tests.Protection;

/// <summary>What a guest really cannot send, and what really does not reach it: frames through open macvtaps.</summary>
public sealed class ProtectionFrameTests
{
    private static readonly byte[] Dhcp = Udp(67, 68);
    private static readonly byte[] RouterAdvertisement = Six(0, [58, 0, 1, 4, 0, 0, 0, 0, 134, .. new byte[23]]);

    [Fact]
    public void A_guest_sends_from_its_own_address_only()
    {
        using ProtectionBench bench = new();
        using PacketSocket outside = bench.OpenOutside();
        Assert.True(bench.GuestReaches(outside, bench.Frame(Foreign, Outside)));
        bench.Client.Set(bench.Link, bench.OwnSource);
        Assert.False(bench.GuestReaches(outside, bench.Frame(Foreign, Outside)));
        Assert.False(bench.GuestReaches(outside, bench.Frame(Foreign, Broadcast)));
        Assert.False(bench.GuestReaches(outside, bench.Frame(Foreign, Outside, 0x88b5, null, 0x8100)));
        Assert.True(bench.GuestReaches(outside, bench.Frame(bench.GuestAddress, Outside, 0x88b5, null, 0x8100)));
        Assert.True(bench.GuestReaches(outside, bench.Frame(bench.GuestAddress, Broadcast)));

        // Bridge mode goes past the wire, and not past the hook.
        Func<Predicate<byte[]>, byte[]?> sibling = wanted => Receive(bench.Sibling, wanted);
        Assert.False(Arrives(f => bench.Guest.Send(f), sibling, bench.Frame(Foreign, bench.SiblingAddress), bench.Frame(bench.GuestAddress, bench.SiblingAddress)));
        Assert.False(Arrives(f => bench.Guest.Send(f), sibling, bench.Frame(Foreign, Broadcast), bench.Frame(bench.GuestAddress, bench.SiblingAddress)));

        bench.Client.Remove(bench.Link);
        Assert.True(bench.GuestReaches(outside, bench.Frame(Foreign, Outside)));
    }

    [Fact]
    public void What_comes_to_the_guest_is_not_looked_at_by_rules_about_what_it_sends()
    {
        using ProtectionBench bench = new();
        using PacketSocket outside = bench.OpenOutside();
        bench.Client.Set(bench.Link, new ProtectionRules { Sources = bench.OwnSource.Sources, BlockDhcpServer = true, BlockRouterAdvertisement = true, ArpAddresses = [0x0a000005] });
        foreach ((int type, byte[] payload) in ((int, byte[])[])[(0x0806, Arp("10.0.0.1")), (0x0800, Dhcp), (0x86dd, RouterAdvertisement)])
        {
            byte[] frame = bench.Frame(Outside, bench.GuestAddress, type, payload);
            Assert.True(Arrives(f => outside.Send(f), wanted => Receive(bench.Guest, wanted), frame, bench.Frame(Outside, bench.GuestAddress)));
        }
    }

    [Fact]
    public void A_guest_is_no_dhcp_server_no_router_and_claims_no_foreign_address()
    {
        using ProtectionBench bench = new();
        using PacketSocket outside = bench.OpenOutside();
        string own = bench.GuestAddress;
        (int Type, byte[] Bad)[] bad = [(0x0800, Dhcp), (0x86dd, Six(17, [2, 35, 2, 34, 0, 8, 0, 0])), (0x86dd, RouterAdvertisement), (0x0806, Arp("10.0.0.1")), (0x86dd, Advertisement("fd00::1"))];
        (int Type, byte[] Good)[] good = [(0x0800, Udp(68, 67)), (0x0806, Arp("10.0.0.5")), (0x86dd, Advertisement("fd00::5"))];
        foreach ((int type, byte[] payload) in bad) Assert.True(bench.GuestReaches(outside, bench.Frame(own, Broadcast, type, payload)));
        bench.Client.Set(bench.Link, new ProtectionRules
        {
            BlockDhcpServer = true,
            BlockRouterAdvertisement = true,
            ArpAddresses = [0x0a000005],
            NeighbourAddresses = [new UInt128(0xfd00_0000_0000_0000, 5)],
        });
        foreach (int[] tags in (int[][])[[], [0x8100], [0x88a8, 0x8100]])
        {
            foreach ((int type, byte[] payload) in bad) Assert.False(bench.GuestReaches(outside, bench.Frame(own, Broadcast, type, payload, tags)), $"{type:x} behind {tags.Length} tags");
            foreach ((int type, byte[] payload) in good) Assert.True(bench.GuestReaches(outside, bench.Frame(own, Broadcast, type, payload, tags)), $"{type:x} behind {tags.Length} tags");
        }
    }

    [Fact]
    public void A_tag_beside_the_bytes_hides_nothing()
    {
        Requires.Kind("vlan");
        using ProtectionBench bench = new();
        using PacketSocket outside = bench.OpenOutside();
        Lab.Ip(bench.Namespace, "link add link m0 name m0.5 type vlan id 5");
        Lab.Ip(bench.Namespace, "link set m0.5 addrgenmode none up");
        using PacketSocket tagged = PacketSocket.Open(bench.Namespace, "m0.5");
        bench.Client.Set(bench.Link, new ProtectionRules { Sources = bench.OwnSource.Sources, BlockDhcpServer = true });
        Func<Predicate<byte[]>, byte[]?> receive = wanted => outside.Receive(wanted, TimeSpan.FromSeconds(10));
        Assert.False(Arrives(f => tagged.Send(f), receive, bench.Frame(Foreign, Outside), bench.Frame(bench.GuestAddress, Outside)));
        Assert.False(Arrives(f => tagged.Send(f), receive, bench.Frame(bench.GuestAddress, Outside, 0x0800, Dhcp), bench.Frame(bench.GuestAddress, Outside)));
        Assert.False(Arrives(f => tagged.Send(f), receive, bench.Frame(bench.GuestAddress, Outside, 0x0800, Dhcp, 0x8100), bench.Frame(bench.GuestAddress, Outside)));
    }

    /// <summary>Bridge mode, where siblings reach each other past the wire; and every mode with a switch that sends frames back.</summary>
    [Theory]
    [InlineData("bridge", false)]
    [InlineData("bridge", true)]
    [InlineData("vepa", true)]
    [InlineData("private", true)]
    public void An_isolated_guest_and_its_siblings_do_not_reach_each_other(string mode, bool isReflected)
    {
        using ProtectionBench bench = new();
        foreach (string name in (string[])["m0", "m1"]) Lab.Ip(bench.Namespace, $"link set {name} type macvtap mode {mode}");
        if (isReflected)
        {
            Requires.Kind("bridge");
            Requires.Program("bridge");
            Lab.AddBridge(bench.Namespace, "br0", "v1");
            Programs.Run("bridge", "-n", bench.Namespace, "link", "set", "dev", "v1", "hairpin", "on");
            for (long end = Environment.TickCount64 + 10_000; !Programs.Run("bridge", "-n", bench.Namespace, "link", "show", "dev", "v1").Contains("state forwarding", StringComparison.Ordinal); Thread.Sleep(5))
                Assert.True(Environment.TickCount64 < end);
        }

        using PacketSocket outside = PacketSocket.Open(bench.Namespace, isReflected ? "br0" : "v1");
        string guest = bench.GuestAddress, sibling = bench.SiblingAddress;

        // A frame from outside comes behind it: those are let in.
        bool SiblingReachesGuest(string to, params int[] tags)
        {
            byte[] frame = bench.Frame(sibling, to, 0x88b5, null, tags), last = bench.Frame(Outside, guest);
            bench.Sibling.Send(frame);
            outside.Send(last);
            return Is(Receive(bench.Guest, f => Is(f, frame) || Is(f, last))!, frame);
        }

        bool GuestReachesSibling(string to)
        {
            byte[] frame = bench.Frame(guest, to), last = bench.Frame(Outside, sibling);
            bench.Guest.Send(frame);
            outside.Send(last);
            return Is(Receive(bench.Sibling, f => Is(f, frame) || Is(f, last))!, frame);
        }

        Assert.True(SiblingReachesGuest(guest));
        Assert.True(SiblingReachesGuest(guest, 0x8100)); // its tag is beside the bytes when it comes
        Assert.True(GuestReachesSibling(sibling));
        bench.Client.Set(bench.Link, bench.IsolatedRules);
        Assert.False(SiblingReachesGuest(guest));
        Assert.False(SiblingReachesGuest(guest, 0x8100));
        Assert.False(SiblingReachesGuest(Broadcast));
        Assert.False(GuestReachesSibling(sibling));
    }

    /// <summary>The hook is before the copy for each sibling is made, so that a broadcast cannot be kept from siblings alone. The receiver's own isolation does.</summary>
    [Fact]
    public void A_broadcast_of_an_isolated_guest_stays_away_from_siblings_that_are_isolated_too()
    {
        using ProtectionBench bench = new();
        using PacketSocket outside = bench.OpenOutside();
        bench.Client.Set(bench.Link, bench.IsolatedRules);
        Assert.True(Reaches());
        bench.Client.Set(bench.Session.Reader.Find("m1")!, new ProtectionRules { Isolate = true, Siblings = [Number(bench.GuestAddress)] });
        Assert.False(Reaches());
        Assert.True(bench.GuestReaches(outside, bench.Frame(bench.GuestAddress, Broadcast)));

        bool Reaches()
        {
            byte[] frame = bench.Frame(bench.GuestAddress, Broadcast), last = bench.Frame(Outside, bench.SiblingAddress);
            bench.Guest.Send(frame);

            // Copies of a broadcast can wait in the kernel's queue; when the outside has it, the copies are made.
            Assert.NotNull(outside.Receive(f => Is(f, frame), TimeSpan.FromSeconds(10)));
            outside.Send(last);
            return Is(Receive(bench.Sibling, f => Is(f, frame) || Is(f, last))!, frame);
        }
    }

    /// <summary>While the rules are changed again and again, no spoofed frame slips through.</summary>
    [Fact]
    public void Replacing_leaves_no_gap()
    {
        using ProtectionBench bench = new();
        using PacketSocket outside = bench.OpenOutside();
        ProtectionRules[] rules = [bench.OwnSource, new ProtectionRules { Sources = bench.OwnSource.Sources, BlockDhcpServer = true, Isolate = true, Siblings = [Number(bench.SiblingAddress)] }];
        bench.Client.Set(bench.Link, rules[0]);
        byte[] spoofed = bench.Frame(Foreign, Outside), own = bench.Frame(bench.GuestAddress, Outside);
        int sent = 0;
        bool isOver = false;
        var stream = new Thread(() =>
        {
            for (; !Volatile.Read(ref isOver); sent++) bench.Guest.Send(spoofed);
        });
        stream.Start();
        for (int i = 1; i <= 300; i++) bench.Client.Set(bench.Link, rules[i % 2]);
        Volatile.Write(ref isOver, true);
        stream.Join();
        bench.Guest.Send(own);
        Assert.True(Is(outside.Receive(f => Is(f, spoofed) || Is(f, own), TimeSpan.FromSeconds(10))!, own));
        Assert.True(sent > 300, $"Only {sent} frames were sent meanwhile.");
    }

    private static byte[] Udp(int from, int to) => [0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 5, 10, 0, 0, 9, .. Half(from), .. Half(to), 0, 8, 0, 0];

    private static byte[] Arp(string sender) => [0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0, 0, 1, .. IPAddress.Parse(sender).GetAddressBytes(), 0, 0, 0, 0, 0, 0, 10, 0, 0, 9];

    private static byte[] Six(int next, byte[] payload) => [0x60, 0, 0, 0, .. Half(payload.Length), (byte)next, 255, 0xfe, 0x80, .. new byte[13], 1, 0xff, 2, .. new byte[13], 1, .. payload];

    private static byte[] Advertisement(string target) => Six(58, [136, .. new byte[7], .. IPAddress.Parse(target).GetAddressBytes()]);
}
