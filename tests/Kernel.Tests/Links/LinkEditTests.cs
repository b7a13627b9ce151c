using System.Globalization;
using System.Text.Json;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Kernel.Tests.Bridging;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>What Set-Link, Set-BridgePort, Set-BridgeLink and Move-Link write, as <c>ip</c> and <c>bridge</c> see it, and what they must never do.</summary>
public sealed class LinkEditTests
{
    private const uint SanePromiscuity = 10;

    /// <summary>Changes of a link: which, where ip shows it (a path), and what it shows.</summary>
    public static TheoryData<string, string, string> LinkWrites => new()
    {
        { "Mtu", "mtu", "1400" },
        { "MacAddress", "address", "52:54:00:00:00:09" },
        { "TransmitQueueLength", "txqlen", "77" },
        { "Alias", "ifalias", "some text" },
        { "Group", "group", "42" },
        { "AllMulticast", "flags", "ALLMULTI" },
        { "Promiscuous", "flags", "PROMISC" },
        { "Arp", "flags", "NOARP" },
        { "AddressGeneration", "inet6_addr_gen_mode", "random" },
        { "ProtocolDown", "proto_down", "True" },
        { "BroadcastQueueLength", "linkinfo/info_data/bcqueuelen", "10000" },
        { "BroadcastQueueLength", "linkinfo/info_data/usedbcqueuelen", "10000" },
        { "ModeFlag", "linkinfo/info_data/nodst", "True" },
    };

    /// <summary>Changes of a port: which attribute, its value, and its name and value in bridge or ip.</summary>
    public static TheoryData<string, int, string, string> PortWrites => new()
    {
        { "Hairpin", 1, "hairpin", "True" },
        { "Isolated", 1, "isolated", "True" },
        { "Learning", 0, "learning", "False" },
        { "UnicastFlood", 0, "flood", "False" },
        { "MulticastFlood", 0, "mcast_flood", "False" },
        { "BroadcastFlood", 0, "bcast_flood", "False" },
        { "Guard", 1, "guard", "True" },
        { "RootBlock", 1, "root_block", "True" },
        { "FastLeave", 1, "fastleave", "True" },
        { "ProxyArp", 1, "proxy_arp", "True" },
        { "ProxyArpWifi", 1, "proxy_arp_wifi", "True" },
        { "MulticastToUnicast", 1, "mcast_to_unicast", "True" },
        { "VlanTunnel", 1, "vlan_tunnel", "True" },
        { "NeighbourSuppression", 1, "neigh_suppress", "True" },
        { "Locked", 1, "locked", "True" },
        { "State", 0, "state", "disabled" },
        { "Cost", 77, "cost", "77" },
        { "Priority", 5, "priority", "5" },
        { "MulticastRouter", 2, "mcast_router", "2" },
        { "GroupForwardMask", 8, "group_fwd_mask", "0x8" },
    };

    [Theory]
    [MemberData(nameof(LinkWrites))]
    public void Ip_sees_what_was_set_and_again_what_was(string property, string path, string expected)
    {
        using LinkBench bench = new();
        MacvlanLink link = bench.Create(w => w with { Mode = LinkMode.Source, IsTap = false });
        LinkChange change = property switch
        {
            "Mtu" => NumberChange.Mtu(link, 1400),
            "MacAddress" => new MacAddressChange(link, "5254.0000.0009"),
            "TransmitQueueLength" => NumberChange.TransmitQueueLength(link, 77),
            "Alias" => new AliasChange(link, "some text"),
            "Group" => NumberChange.Group(link, 42),
            "AllMulticast" => FlagChange.AllMulticast(link, true),
            "Promiscuous" => FlagChange.Promiscuous(link, true),
            "Arp" => FlagChange.Arp(link, false),
            "AddressGeneration" => new AddressGenerationChange(link, AddressGeneration.Random),
            "ProtocolDown" => new ProtocolDownChange(link, true),
            "BroadcastQueueLength" => MacvlanChange.BroadcastQueueLength(link, 10000),
            _ => MacvlanChange.Flag(link, ModeFlag.NoDestination),
        };
        string before = Show(bench, "m0", path);
        Assert.DoesNotContain(expected, before, StringComparison.Ordinal);
        Assert.Null(bench.Session.Editor.Apply([change]));
        Assert.Contains(expected, Show(bench, "m0", path), StringComparison.Ordinal);

        // A change behind it that the kernel refuses takes it back.
        bench.Ip("link delete m0");
        link = bench.Create(w => w with { Mode = LinkMode.Source, IsTap = false, InterfaceIndex = link.InterfaceIndex, MacAddress = link.MacAddress });
        LinkEditFailure failure = bench.Session.Editor.Apply([change, NumberChange.Mtu(bench.Lower, 70000)])!;
        Assert.Empty(failure.Standing);
        Assert.Equal(before, Show(bench, "m0", path));
        Assert.Equal(FailureId.MtuOutOfRange, EditCauses.Explain(failure, 2, bench.Session.Reader).Id);
    }

    [Theory]
    [MemberData(nameof(PortWrites))]
    public void Bridge_sees_what_was_set_of_one_port_and_nothing_of_the_other(string property, int value, string name, string expected)
    {
        using BridgeBench bench = new();
        Lab.AddVeth(bench.Namespace, "v0", "v1");
        bench.Links.Ip("link set v1 master br0");
        LinkBench.Eventually(() => bench.Port("v1").State == BridgePortState.Forwarding, "a second forwarding port");
        var attribute = (PortAttribute)typeof(PortAttribute).GetField(property, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.GetValue(null)!;
        string before = ShowPort(bench, "p1", name);
        string other = bench.Bridge("-d -j link show dev v1");
        Assert.NotEqual(expected, before);

        Assert.Null(bench.Links.Session.Editor.Apply([PortChange.Create(bench.Links["p1"], attribute, (ulong)value)]));
        Assert.Equal(expected, ShowPort(bench, "p1", name));
        Assert.Equal(other, bench.Bridge("-d -j link show dev v1"));
        Assert.Empty(BridgeFacts.Compare(bench.Port("p1"), bench.Namespace));
    }

    [Fact]
    public void Ip_sees_what_was_set_of_a_bridge_and_again_what_was()
    {
        using BridgeBench bench = new();
        var bridge = (BridgeLink)bench.Links["br0"];
        string before = Bridge();
        LinkChange[] changes =
        [
            BridgeChange.SpanningTree(bridge, true), BridgeChange.ForwardDelay(bridge, TimeSpan.FromSeconds(4)), BridgeChange.AgeingTime(bridge, TimeSpan.FromSeconds(10.5)),
            BridgeChange.MulticastSnooping(bridge, false),
        ];
        LinkEditFailure failure = bench.Links.Session.Editor.Apply([.. changes, NumberChange.Mtu(bridge, -1)])!;
        Assert.Empty(failure.Standing);
        Assert.Equal(before, Bridge());
        Assert.Null(bench.Links.Session.Editor.Apply(changes));
        Assert.Equal("1 400 1050 0", Bridge());

        string Bridge() => string.Join(' ', ((string[])["stp_state", "forward_delay", "ageing_time", "mcast_snooping"]).Select(n => Show(bench.Links, "br0", "linkinfo/info_data/" + n)));
    }

    [Fact]
    public void A_forward_delay_below_two_seconds_comes_back_with_the_spanning_tree_off()
    {
        using BridgeBench bench = new();
        bench.Links.Ip("link set br0 type bridge forward_delay 0");
        var bridge = (BridgeLink)bench.Links["br0"];
        Assert.Empty(bench.Links.Session.Editor.Apply([BridgeChange.SpanningTree(bridge, true), NumberChange.Mtu(bridge, -1)])!.Standing);
        Assert.Equal("0", Show(bench.Links, "br0", "linkinfo/info_data/forward_delay"));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("alternative name")]
    [InlineData("index")]
    public void A_move_that_clashes_leaves_the_link_where_it_was(string what)
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        MacvlanLink link = bench.Create();
        Lab.Ip(other, $"link add {(what == "name" ? "m0" : "taken")} index 4242 type bridge");
        if (what == "alternative name")
        {
            Lab.Ip(other, "link property add dev taken altname shared");
            bench.Ip("link property add dev m0 altname shared");
        }

        using NamespaceHandle destination = NamespaceResolver.Open(other);
        int? newIndex = what == "index" ? 4242 : null;
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Session.Mover.Move(link, destination, null, newIndex));
        MacvtapException cause = NameCauses.ExplainMove(failure, link, null, newIndex, bench.Session.Reader);
        Assert.Equal(FailureId.LinkExists, cause.Id);
        Assert.Contains(what == "index" ? "4242" : "m0", cause.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("moved all the same", cause.Message, StringComparison.Ordinal);
        Assert.Equal(link.InterfaceIndex, bench["m0"].InterfaceIndex);
    }

    [Fact]
    public void A_link_whose_new_name_is_refused_has_moved_and_the_error_says_so()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        MacvlanLink link = bench.Create();
        Lab.Ip(other, "link add taken type bridge");
        using NamespaceHandle destination = NamespaceResolver.Open(other);
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Session.Mover.Move(link, destination, "taken", null));
        bool isHere = bench.Session.Reader.Find("m0") is not null;
        string message = NameCauses.ExplainMove(failure, link, "taken", null, bench.Session.Reader).Message;
        Assert.Equal(!isHere, message.Contains("moved all the same", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_promiscuity_of_the_lower_device_cannot_be_brought_below_zero(bool isTap)
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Passthru, IsTap = isTap });
        foreach (ModeFlag flag in (ModeFlag[])[ModeFlag.NoPromiscuous, ModeFlag.None, ModeFlag.NoPromiscuous])
        {
            var off = (MacvlanLink)bench["m0"];
            uint before = Promiscuity(bench);
            if (off.ModeFlag != flag) Assert.Equal(FailureId.ModeChangeNotAllowed, Assert.Throws<MacvtapException>(() => MacvlanChange.Flag(off, flag)).Id);
            if (off.ModeFlag != flag) Assert.Equal(FailureId.ModeChangeNotAllowed, Assert.Throws<MacvtapException>(() => PassthruGuard.ThrowIfUnsafe(off, flag)).Id);
            Assert.Equal(before, Promiscuity(bench));

            // While it is on it may be toggled, and switched off and on after that.
            bench.SetUp("m0");
            Assert.Null(bench.Session.Editor.Apply([MacvlanChange.Flag((MacvlanLink)bench["m0"], flag)]));
            Assert.InRange(Promiscuity(bench), 0u, SanePromiscuity);
            bench.SetUp("m0", false);
            Assert.InRange(Promiscuity(bench), 0u, SanePromiscuity);
        }

        bench.Ip("link delete m0");
        Assert.Equal(0u, Promiscuity(bench));
    }

    private static uint Promiscuity(LinkBench bench) => Lab.IpJson(bench.Namespace, "link show p0")[0].GetProperty("promiscuity").GetUInt32();

    private static string Show(LinkBench bench, string link, string path)
    {
        JsonElement element = Lab.IpJson(bench.Namespace, $"link show {link}")[0];
        foreach (string name in path.Split('/'))
        {
            if (!element.TryGetProperty(name, out element)) return string.Empty;
        }

        return Text(element);
    }

    private static string ShowPort(BridgeBench bench, string port, string name)
    {
        JsonElement element;
        using (var document = JsonDocument.Parse(bench.Bridge($"-d -j link show dev {port}"))) element = document.RootElement[0].Clone();
        if (element.TryGetProperty(name, out JsonElement value)) return Text(value);
        return Show(bench.Links, port, $"linkinfo/info_slave_data/{name}");
    }

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? string.Join(',', element.EnumerateArray().Select(e => e.ToString()))
        : string.Create(CultureInfo.InvariantCulture, $"{element}");
}
