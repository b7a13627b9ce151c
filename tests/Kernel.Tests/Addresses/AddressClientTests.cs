using System.Globalization;
using System.Text.Json;
using MacvtapTools.Addresses;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
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

        LinkAddress added = client.Add(link, Build(link, text, true));

        Assert.Equal((address.ToString(), "a0", link.InterfaceIndex, name), (added.Address, added.Name, added.InterfaceIndex, added.NetworkNamespace));
        Assert.False(added.Flags.HasFlag(LinkAddressFlag.Tentative));
        Assert.Contains(address.ToString(), Lab.Ip(name, "-o addr show dev a0") + "/32", StringComparison.Ordinal);
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => client.Add(link, Build(link, text, false))).Errno);
        Assert.Empty(client.Remove(link, added));
        Assert.Empty(client.Find(link, address));
        Assert.Equal(Errno.EADDRNOTAVAIL, Assert.Throws<NetlinkException>(() => client.Remove(link, added)).Errno);
    }

    [Fact]
    public void An_address_is_tentative_at_first_unless_detection_is_left_out()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        LinkAddress added = new AddressClient(session.Conversation).Add(session.Reader.Find("a0")!, Build(session.Reader.Find("a0")!, "fd07::1/64", false));
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
        LinkAddress first = client.Add(link, Build(link, "10.0.0.1/24", false));
        client.Add(link, Build(link, "10.0.0.2/24", false));
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
        NetlinkException refused = Assert.Throws<NetlinkException>(() => new AddressClient(session.Conversation).Add(session.Reader.Find("a0")!, Build(session.Reader.Find("a0")!, "fd00::1/64", true)));
        Assert.Equal(expected, refused.Errno);
    }

    public static TheoryData<string, string> Options => new()
    {
        { "broadcast", "10.7.0.1/24 brd +" },
        { "given broadcast", "10.7.0.1/24 brd 10.7.0.9" },
        { "label", "10.7.0.1/24 label a0:web" },
        { "peer", "192.0.2.1 peer 192.0.2.2" },
        { "peer network", "192.0.2.1 peer 192.0.2.2/30" },
        { "peer IPv6", "fd07::1 peer fd07::2" },
        { "lifetimes", "10.7.0.1/24 valid_lft 60000 preferred_lft 30000" },
        { "lifetimes IPv6", "fd07::1/64 valid_lft 60000 preferred_lft 0" },
        { "scope", "10.7.0.1/24 scope link" },
        { "loopback", "127.7.0.1/16" },
        { "metric", "10.7.0.1/24 metric 77" },
        { "no prefix route", "10.7.0.1/24 noprefixroute" },
        { "no prefix route IPv6", "fd07::1/64 noprefixroute" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_address_is_as_ip_makes_it(string what, string words)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new AddressClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        string[] text = words.Split(' ');
        string? Word(string key) => Array.IndexOf(text, key) is > 0 and { } place ? text[place + 1] : null;
        TimeSpan? Time(string key) => Word(key) is { } seconds ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : null;

        LinkAddress added = client.Add(link, Build(link, text[0], true, new AddressOptions
        {
            Peer = Word("peer"),
            Broadcast = Word("brd"),
            Label = Word("label"),
            Scope = Word("scope") is { } scope ? Enum.Parse<AddressScope>(scope, ignoreCase: true) : null,
            ValidLifetime = Time("valid_lft"),
            PreferredLifetime = Time("preferred_lft"),
            Metric = Word("metric") is { } metric ? uint.Parse(metric, CultureInfo.InvariantCulture) : null,
            NoPrefixRoute = text.Contains("noprefixroute"),
        }));
        string ours = Facts(name);
        client.Remove(link, added);
        Lab.Ip(name, $"addr add {words} dev a0{(added.Family == IPFamily.IPv6 ? " nodad" : string.Empty)}");
        Assert.Equal(Facts(name), ours);
        Assert.True(ours.Length > 20, what);
    }

    /// <summary>What ip says of the addresses that were given, and of the routes that came with them; lifetimes in tens of seconds.</summary>
    private static string Facts(string name)
    {
        IEnumerable<string> addresses = Lab.IpJson(name, "addr show dev a0")[0].GetProperty("addr_info").EnumerateArray()
            .Where(a => !Text(a, "local").StartsWith("fe80", StringComparison.Ordinal))
            .Select(a => string.Join(' ', a.EnumerateObject().Select(p => p.Name.EndsWith("life_time", StringComparison.Ordinal) && p.Value.GetUInt32() != uint.MaxValue
                ? $"{p.Name}={Math.Round(p.Value.GetUInt32() / 100.0)}" : $"{p.Name}={p.Value}")));
        string[] routes = [.. ((string[])["-4", "-6"]).SelectMany(f => Lab.Ip(name, $"{f} route show table all dev a0").Split('\n')).Where(l => !l.Contains("fe80") && !l.Contains("ff00")).Select(l => l.Split(" expires")[0].Trim())];
        return string.Join('\n', [.. addresses, .. routes]);
    }

    [Theory]
    [InlineData("fd07::1/64", "label", FailureId.ParameterInvalid)]
    [InlineData("fd07::1/64", "brd", FailureId.ParameterInvalid)]
    [InlineData("fd07::1/64", "scope", FailureId.ParameterInvalid)]
    [InlineData("fd07::1/64", "peer", FailureId.AddressInvalid)]
    [InlineData("10.7.0.1/24", "long", FailureId.ParameterInvalid)]
    [InlineData("10.7.0.1/24", "zero", FailureId.ParameterInvalid)]
    [InlineData("10.7.0.1/24", "preferred", FailureId.ParameterInvalid)]
    public void What_cannot_be_is_refused_in_words(string address, string what, FailureId id)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        AddressOptions options = what switch
        {
            "label" => new() { Label = "a0:web" },
            "brd" => new() { Broadcast = "+" },
            "scope" => new() { Scope = AddressScope.Link },
            "peer" => new() { Peer = "10.0.0.1" },
            "long" => new() { Label = "a0:abcdefghijklm" },
            "zero" => new() { ValidLifetime = TimeSpan.Zero },
            _ => new() { ValidLifetime = TimeSpan.FromSeconds(10), PreferredLifetime = TimeSpan.FromSeconds(11) },
        };
        MacvtapException failure = Assert.Throws<MacvtapException>(() => Build(session.Reader.Find("a0")!, address, true, options));
        Assert.Equal(id, failure.Id);
        Assert.NotEmpty(failure.Advice!);
    }

    private static AddressRecord Build(Link link, string text, bool noDetection, AddressOptions? options = null) =>
        AddressBuilder.Build(link, IPPrefix.Parse(text), (options ?? new()) with { NoDuplicateAddressDetection = noDetection });

    private static LinkSession Open(Lab lab, out string name)
    {
        name = lab.NewNamespace();
        Lab.AddVeth(name, "a0", "b0");
        return LinkSession.Open(name);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString()! : string.Empty;

    private static bool Forever(JsonElement element, string name) => element.GetProperty(name).GetUInt32() == uint.MaxValue;
}
