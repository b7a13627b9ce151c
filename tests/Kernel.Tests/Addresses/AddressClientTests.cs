using System.Text.Json;
using MacvtapTools.Addresses;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Addresses;

public sealed class AddressClientTests
{
    [Fact]
    public void The_addresses_are_those_of_ip()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "link set lo up");
        Lab.Ip(name, "addr add 10.0.0.1/24 brd + dev a0 label a0:web valid_lft 600 preferred_lft 300");
        Lab.Ip(name, "addr add 10.0.0.2/24 dev a0");
        Lab.Ip(name, "addr add 192.0.2.1 peer 192.0.2.2/32 dev a0");
        Lab.Ip(name, "addr add fd00::1/64 dev a0 nodad");
        Lab.Ip(name, "addr add fd00::2 peer fd00::3/128 dev b0 nodad");
        var theirs = new List<string>();
        foreach (JsonElement link in Lab.IpJson(name, "addr").EnumerateArray())
        {
            foreach (JsonElement a in link.GetProperty("addr_info").EnumerateArray())
                theirs.Add($"{Text(link, "ifname")} {Text(a, "local")}/{a.GetProperty("prefixlen")} {Text(a, "address")} {Text(a, "broadcast")} {Text(a, "scope")} {Text(a, "label")} {Forever(a, "valid_life_time")}");
        }

        IEnumerable<string> ours = new AddressClient(session.Conversation).List(session.Reader.List().Links).Select(a =>
            $"{a.Name} {a.Address} {a.Peer} {a.Broadcast} {a.Scope.ToString().ToLowerInvariant()} {a.Label} {a.ValidLifetime is null}");
        Assert.Equal(theirs.Order(), ours.Order());
        Assert.True(theirs.Count >= 8);
    }

    [Theory]
    [InlineData("10.7.0.1/16")]
    [InlineData("10.7.0.1")]
    [InlineData("fd07::1/64")]
    public void An_address_comes_and_goes(string text)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new AddressClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        var address = IPPrefix.Parse(text);

        LinkAddress added = client.Add(link, address, noDetection: true);

        Assert.Equal((address.ToString(), "a0", link.InterfaceIndex, name), (added.Address, added.Name, added.InterfaceIndex, added.NetworkNamespace));
        Assert.False(added.Flags.HasFlag(LinkAddressFlag.Tentative));
        Assert.Contains(address.ToString(), Lab.Ip(name, "-o addr show dev a0") + "/32", StringComparison.Ordinal);
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => client.Add(link, address, false)).Errno);
        Assert.Empty(client.Remove(link, added));
        Assert.Empty(client.Find(link, address));
        Assert.Equal(Errno.EADDRNOTAVAIL, Assert.Throws<NetlinkException>(() => client.Remove(link, added)).Errno);
    }

    [Fact]
    public void An_address_is_tentative_at_first_unless_detection_is_left_out()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        LinkAddress added = new AddressClient(session.Conversation).Add(session.Reader.Find("a0")!, IPPrefix.Parse("fd07::1/64"), noDetection: false);
        Assert.True(added.Flags.HasFlag(LinkAddressFlag.Tentative));
    }

    [Fact]
    public void Of_two_that_differ_in_their_peer_only_the_right_one_goes()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "addr add 192.0.2.1 peer 192.0.2.2/32 dev a0");
        Lab.Ip(name, "addr add 192.0.2.1 peer 192.0.2.3/32 dev a0");
        var client = new AddressClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        LinkAddress second = client.List([link]).Single(a => a.Peer == "192.0.2.3");
        Assert.Empty(client.Remove(link, second));
        Assert.Equal(["192.0.2.2"], client.List([link]).Where(a => a.Family == IPFamily.IPv4).Select(a => a.Peer));
    }

    [Fact]
    public void Addresses_that_go_with_the_first_one_of_their_network_are_told()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Programs.Run("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv4.conf.a0.promote_secondaries=0", "net.ipv4.conf.all.promote_secondaries=0");
        var client = new AddressClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        LinkAddress first = client.Add(link, IPPrefix.Parse("10.0.0.1/24"), false);
        client.Add(link, IPPrefix.Parse("10.0.0.2/24"), false);
        Assert.Equal(["10.0.0.2/24"], client.Remove(link, first).Select(a => a.Address));
    }

    [Theory]
    [InlineData("sysctl", Errno.EACCES)]
    [InlineData("mtu", Errno.EINVAL)]
    public void A_link_without_ipv6_refuses(string how, Errno expected)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        if (how == "mtu") Lab.Ip(name, "link set a0 mtu 1000");
        else Programs.Run("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv6.conf.a0.disable_ipv6=1");
        NetlinkException refused = Assert.Throws<NetlinkException>(() => new AddressClient(session.Conversation).Add(session.Reader.Find("a0")!, IPPrefix.Parse("fd00::1/64"), true));
        Assert.Equal(expected, refused.Errno);
    }

    private static LinkSession Open(Lab lab, out string name)
    {
        name = lab.NewNamespace();
        Lab.AddVeth(name, "a0", "b0");
        return LinkSession.Open(name);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString()! : string.Empty;

    private static bool Forever(JsonElement element, string name) => element.GetProperty(name).GetUInt32() == uint.MaxValue;
}
