namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Links of many kinds and states, each made in its own way. Those that begin with "ip" are made by <c>ip</c>, the others by the library.</summary>
internal static class LinkConfigurations
{
    private static readonly (string Name, Action<LinkBench> Make)[] _all =
    [
        .. Modes(),
        ("passthru without promiscuity", b => b.Create(w => w with { Mode = LinkMode.Passthru, Flag = ModeFlag.NoPromiscuous, Up = true })),
        ("passthru with promiscuity, up", b => b.Create(w => w with { Mode = LinkMode.Passthru, Up = true })),
        ("source with addresses", b => b.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"] })),
        ("source without destination", b => b.Create(w => w with { Mode = LinkMode.Source, Flag = ModeFlag.NoDestination, SourceAddress = ["02:00:00:00:00:01"] })),
        ("source with an empty list", b => b.Create(w => w with { Mode = LinkMode.Source, SourceAddress = [] })),
        ("broadcast queue of 2000", b => b.Create(w => w with { BroadcastQueueLength = 2000 })),
        ("broadcast queue of 10", b => b.Create(w => w with { BroadcastQueueLength = 10 })),
        ("broadcast queue of 0", b => b.Create(w => w with { BroadcastQueueLength = 0 })),
        ("two broadcast queues", b =>
        {
            b.Create(w => w with { BroadcastQueueLength = 3000 });
            b.Create(w => w with { Name = "m1", BroadcastQueueLength = 20 });
        }),
        ("small MTU", b => b.Create(w => w with { Mtu = 1280 })),
        ("smallest MTU, where there is no IPv6", b => b.Create(w => w with { Mtu = 68 })),
        ("large MTU", b =>
        {
            b.Ip("link set p1 mtu 9000");
            b.Ip("link set p0 mtu 9000");
            b.Create(w => w with { Mtu = 9000 });
        }),
        ("transmit queue of 0", b => b.Create(w => w with { TransmitQueueLength = 0 })),
        ("transmit queue of 12345", b => b.Create(w => w with { TransmitQueueLength = 12345 })),
        ("eight queues", b => b.Create(w => w with { QueueCount = 8 })),
        ("alias with blanks and umlauts", b => b.Create(w => w with { Alias = "Gäste, 2. Stock" })),
        ("index chosen", b => b.Create(w => w with { InterfaceIndex = Lab.NewIndex() })),
        ("MAC address chosen", b => b.Create(w => w with { MacAddress = "52-54-00-12-34-56" })),
        ("name with 15 bytes", b => b.Create(w => w with { Name = "abcdefghijklmno" })),
        ("name in Greek", b => b.Create(w => w with { Name = "δίκτυο" })),
        ("address generation eui64", b => b.Create(w => w with { AddressGeneration = AddressGeneration.Eui64, Up = true })),
        ("address generation none", b => b.Create(w => w with { AddressGeneration = AddressGeneration.None, Up = true })),
        ("address generation random", b => b.Create(w => w with { AddressGeneration = AddressGeneration.Random, Up = true })),
        ("address generation stable", b =>
        {
            Programs.Run("ip", "netns", "exec", b.Namespace, "sysctl", "-q", "-w", "net.ipv6.conf.default.stable_secret=2001:db8::1");
            b.Create(w => w with { AddressGeneration = AddressGeneration.StablePrivacy, Up = true });
        }),
        ("address generation of the kernel's choice", b => b.Create(w => w with { AddressGeneration = null, Up = true })),
        ("macvlan, up", b => b.Create(w => w with { IsTap = false, Up = true })),
        ("on a macvlan, which lands on the real lower device", b =>
        {
            MacvlanLink first = b.Create(w => w with { IsTap = false });
            b.CreateLoosely(w => w with { Name = "m1", LowerDevice = first.Name, LowerDeviceIndex = first.InterfaceIndex });
        }),
        ("lower device down", b =>
        {
            b.Create(w => w with { Up = true });
            b.Ip("link set p0 down");
        }),
        ("carrier lost", b =>
        {
            b.Create(w => w with { Up = true });
            b.Ip("link set p1 down");
        }),
        ("lower device a bridge with a macvtap", b =>
        {
            b.Ip("link add br0 up type bridge");
            b.CreateLoosely(w => w with { LowerDevice = "br0", LowerDeviceIndex = b["br0"].InterfaceIndex, Up = true });
        }),
        ("lower device a tap without carrier", b =>
        {
            b.Ip("tuntap add t0 mode tap");
            b.Ip("link set t0 up");
            b.CreateLoosely(w => w with { LowerDevice = "t0", LowerDeviceIndex = b["t0"].InterfaceIndex, Up = true });
        }),
        Ip("alternative names", "link add link p0 name m0 type macvtap", "link property add dev m0 altname another-name altname a-name-that-is-much-longer-than-fifteen-bytes"),
        Ip("group", "link add link p0 name m0 group 4711 type macvlan"),
        Ip("all multicast", "link add link p0 name m0 type macvtap", "link set m0 allmulticast on up"),
        Ip("promiscuous", "link add link p0 name m0 type macvlan mode bridge", "link set m0 promisc on up"),
        Ip("no multicast, no ARP", "link add link p0 name m0 type macvlan", "link set m0 multicast off arp off up"),
        Ip("dynamic, with trailers off", "link add link p0 name m0 type macvlan", "link set m0 dynamic on trailers off"),
        Ip("macvlan as a bridge port", "link add link p0 name m0 type macvlan", "link add br0 up type bridge", "link set m0 up master br0"),
        Ip("veth as a bridge port", "link add br0 up type bridge", "link set p1 master br0"),
        Ip("veth down", "link set p0 down"),
        Ip("veth with queues and an MTU", "link add v0 mtu 3000 numtxqueues 3 numrxqueues 3 type veth peer name v1 mtu 2000 numtxqueues 4 numrxqueues 4"),
        Ip("bridge", "link add br0 type bridge"),
        Ip("bridge with spanning tree", "link add br0 up type bridge stp_state 1 forward_delay 400 ageing_time 12300 mcast_snooping 0"),
        Ip("tap", "tuntap add t0 mode tap"),
        Ip("tun", "tuntap add t0 mode tun"),
        Ip("tap of an owner and a group", "tuntap add t0 mode tap user 54321 group 54322"),
        Ip("tap with queues, header and packet information", "tuntap add t0 mode tap multi_queue vnet_hdr pi"),
        Ip("tun with packet information, up", "tuntap add t0 mode tun pi", "link set t0 up"),
        Ip("tap without carrier by order", "tuntap add t0 mode tap", "link set t0 up", "link set t0 carrier off"),
        Ip("tap in a link group", "tuntap add t0 mode tap group 54322", "link set t0 group 7"),
        ("veth into another namespace", b =>
        {
            string other = b.Lab.NewNamespace();
            Lab.AddVeth(b.Namespace, "v0", "v1", other);
        }),
        ("macvlan of another namespace's lower device", b =>
        {
            string other = b.Lab.NewNamespace();
            Lab.Ip(other, "link add x0 type veth peer name x1");
            Lab.Ip(other, "link add link x0 name m0 type macvlan mode bridge");
            Lab.Ip(other, $"link set m0 netns {b.Namespace}");
        }),
        ("with traffic", b =>
        {
            b.Create(w => w with { IsTap = false, Up = true, AddressGeneration = null });
            using PacketSocket wire = PacketSocket.Open(b.Namespace, "p1");
            for (byte i = 0; i < 10; i++) wire.Send(TestFrames.Make(TestFrames.Broadcast, "02:00:00:00:00:99", i));
            LinkBench.Eventually(() => b["m0"].Statistics is { ReceivedPackets: >= 10 }, "ten frames counted");
        }),
        .. Optional("bridge", "vlan_filtering 1"),
        .. Optional("ifb"),
        .. Optional("dummy"),
        .. Optional("vrf", "table 10"),
        .. Optional("vxlan", "id 4 dstport 4789"),
        .. Optional("ipvlan", on: "link p0 "),
        .. Optional("vlan", "id 5", "link p0 "),
        .. Optional("bond"),
        .. Optional("nlmon"),
    ];

    internal static IEnumerable<string> Names => _all.Select(c => c.Name);

    internal static void Make(string name, LinkBench bench) => _all.Single(c => c.Name == name).Make(bench);

    private static IEnumerable<(string, Action<LinkBench>)> Modes() =>
        from mode in Enum.GetValues<LinkMode>()
        from isTap in new[] { true, false }
        from byIp in new[] { true, false }
        let kind = isTap ? "macvtap" : "macvlan"
        select ($"{(byIp ? "ip: " : string.Empty)}{kind} in mode {mode}", (Action<LinkBench>)(b =>
        {
            if (byIp) b.Ip($"link add link p0 name m0 type {kind} mode {mode.ToString().ToLowerInvariant()}");
            else b.Create(w => w with { IsTap = isTap, Mode = mode });
        }));

    private static (string, Action<LinkBench>) Ip(string name, params string[] commands) => ($"ip: {name}", b =>
    {
        foreach (string command in commands) b.Ip(command);
    });

    /// <summary>What not every kernel has: mostly kinds that this library does not know.</summary>
    private static IEnumerable<(string, Action<LinkBench>)> Optional(string kind, string options = "", string on = "")
    {
        yield return ($"ip: {kind} {options}, if the kernel has it", b =>
        {
            Programs.Outcome outcome = Programs.Try("ip", $"-n {b.Namespace} link add {on}name k0 type {kind} {options}".Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (outcome.ExitCode != 0) Xunit.Assert.Skip($"The kernel makes no {kind} {options} ({outcome.ErrorOutput.Trim()}): load or build the module '{kind}' on the host.");
        });
    }
}
