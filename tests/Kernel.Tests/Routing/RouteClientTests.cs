using System.Globalization;
using System.Text.Json;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Routing;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Routing;

public sealed class RouteClientTests
{
    [Fact]
    public void The_routes_are_those_of_ip()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "link set lo up");
        Lab.Ip(name, "route add 10.9.0.0/16 via 10.0.0.5 metric 7 src 10.0.0.1");
        Lab.Ip(name, "route add blackhole 10.10.0.0/16");
        Lab.Ip(name, "route add 10.11.0.0/16 nexthop via 10.0.0.6 weight 2 nexthop via 10.0.0.7");
        Lab.Ip(name, "route add 10.12.0.0/16 via inet6 fe80::8 dev a0");
        Lab.Ip(name, "route add 10.13.0.0/16 dev b0 table 1000");
        Lab.Ip(name, "route add default via 172.16.0.1 dev a0 onlink");
        Lab.Ip(name, "-6 route add fd01::/64 nexthop via fd00::8 dev a0 nexthop via fd00::7 dev a0");
        Lab.Ip(name, "-6 route add default via fd00::9 dev a0 metric 5");
        var theirs = new List<string>();
        foreach ((string family, string all) in ((string, string)[])[("-4 ", "0.0.0.0/0"), ("-6 ", "::/0")])
        {
            foreach (JsonElement r in Lab.IpJson(name, $"-N {family}route show table all").EnumerateArray())
            {
                string start = Destination(Text(r, "dst"), family, all) + " ";
                string end = $" {(r.TryGetProperty("metric", out JsonElement metric) ? metric.GetInt64() : 0)} {(Text(r, "table") is { Length: > 0 } table ? table : "254")} {Text(r, "prefsrc")} {Text(r, "protocol")} {Kind(Text(r, "type"))}";
                if (r.TryGetProperty("nexthops", out JsonElement hops)) theirs.AddRange(hops.EnumerateArray().Select(h => start + Way(h) + end));
                else theirs.Add(start + Way(r) + end);
            }
        }

        IEnumerable<string> ours = new RouteClient(session.Conversation).List(session.Reader.List().Links, 0, includesUnlinked: true).Select(r =>
            $"{r.Destination} {r.Gateway} {r.Name} {r.Metric} {r.Table} {r.PreferredSource} {(int)r.Protocol} {r.Type}");
        Assert.Equal(theirs.Order(), ours.Order());
        Assert.True(theirs.Count > 15);
    }

    [Theory]
    [InlineData("10.20.0.0/16", "10.0.0.5", null, 254u, null)]
    [InlineData("10.20.0.0/16", null, 9u, 254u, "10.0.0.1")]
    [InlineData("10.20.3.4", null, null, 1000u, null)]
    [InlineData("default", "10.0.0.5", 3u, 254u, null)]
    [InlineData("10.20.0.0/16", "fe80::5", null, 254u, null)]
    [InlineData("fd20::/64", "fd00::5", null, 254u, null)]
    [InlineData("fd20::/64", null, 77u, 300u, "fd00::1")]
    [InlineData("default", "fd00::5", null, 254u, null)]
    public void A_route_comes_and_goes(string destination, string? gateway, uint? metric, uint table, string? source)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        var client = new RouteClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        var wanted = RouteBuilder.Build(link, destination, gateway, metric, table, source, false);

        LinkRoute added = client.Add(link, wanted);

        Assert.Equal((gateway, table, source, "a0", RouteProtocol.Static), (added.Gateway, (uint)added.Table, added.PreferredSource, added.Name, added.Protocol));
        if (metric is { } m) Assert.Equal(m, added.Metric);
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => client.Add(link, wanted)).Errno);
        client.Remove(added);
        Assert.Equal(Errno.ESRCH, Assert.Throws<NetlinkException>(() => client.Remove(added)).Errno);
    }

    [Fact]
    public void Of_two_that_differ_in_their_metric_only_the_right_one_goes()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        var client = new RouteClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        foreach (string destination in (string[])["10.20.0.0/16", "fd20::/64"])
        {
            client.Add(link, RouteBuilder.Build(link, destination, null, 5, 254, null, false));
            LinkRoute second = client.Add(link, RouteBuilder.Build(link, destination, null, 6, 254, null, false));
            client.Remove(second);
            Assert.Equal([5L], client.List([link], 254).Where(r => r.Destination == destination).Select(r => r.Metric));
        }
    }

    [Theory]
    [InlineData("-4 route add 10.20.0.0/16 nhid 7", "10.20.0.0/16", 1)]
    [InlineData("-4 route add 10.20.0.0/16 nhid 9", "10.20.0.0/16", 2)]
    [InlineData("-4 route add 10.20.0.0/16 nhid 10", "10.20.0.0/16", 0)]
    [InlineData("-6 route add fd20::/64 nhid 11", "fd20::/64", 1)]
    public void A_route_of_a_nexthop_object_goes_and_the_object_stays(string command, string destination, int ways)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "link set lo up");
        foreach (string nexthop in (string[])["id 7 via 10.0.0.5 dev a0", "id 8 via 10.0.0.6 dev a0", "id 9 group 7/8", "id 10 blackhole", "id 11 via fd00::5 dev a0"]) Lab.Ip(name, $"nexthop add {nexthop}");
        Lab.Ip(name, command);
        var client = new RouteClient(session.Conversation);
        LinkRoute[] routes = [.. client.List(session.Reader.List().Links, 254, includesUnlinked: true).Where(r => r.Destination == destination)];
        Assert.Equal(Math.Max(ways, 1), routes.Length);
        Assert.All(routes, r => Assert.Equal(long.Parse(command[(command.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), r.NextHopId));

        client.Remove(routes[0]);

        Assert.DoesNotContain(client.List(session.Reader.List().Links, 254, includesUnlinked: true), r => r.Destination == destination);
        Assert.Equal(5, Lab.IpJson(name, "nexthop show").GetArrayLength());
    }

    [Fact]
    public void A_gateway_that_is_in_no_network_is_refused_unless_it_is_on_the_link()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        var client = new RouteClient(session.Conversation);
        Link link = session.Reader.Find("a0")!;
        Assert.Equal(Errno.ENETUNREACH, Assert.Throws<NetlinkException>(() => client.Add(link, RouteBuilder.Build(link, "10.20.0.0/16", "172.16.0.1", null, 254, null, false))).Errno);
        Assert.True(client.Add(link, RouteBuilder.Build(link, "10.20.0.0/16", "172.16.0.1", null, 254, null, true)).OnLink);
        Lab.Ip(session.Namespace.DisplayName!, "link set a0 down");
        Assert.Equal(Errno.ENETDOWN, Assert.Throws<NetlinkException>(() => client.Add(link, RouteBuilder.Build(link, "10.21.0.0/16", null, null, 254, null, false))).Errno);
    }

    [Fact]
    public void A_table_without_a_route_is_empty()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        Assert.Empty(new RouteClient(session.Conversation).List(session.Reader.List().Links, 4711));
    }

    [Theory]
    [InlineData("10.20.0.0/16", "nexthop via 10.0.0.5 dev a0 weight 2 nexthop via 10.0.0.6 dev a0")]
    [InlineData("10.20.0.0/16", "metric 9 nexthop via 10.0.0.5 dev a0 nexthop via 10.5.0.6 dev b0 weight 256")]
    [InlineData("10.20.0.0/16", "nexthop dev a0 nexthop dev b0")]
    [InlineData("10.20.0.0/16", "nexthop via 172.16.0.1 dev a0 onlink nexthop via 10.0.0.6 dev a0")]
    [InlineData("10.20.0.0/16", "nexthop via inet6 fe80::5 dev a0 nexthop via 10.0.0.6 dev a0")]
    [InlineData("fd20::/64", "nexthop via fd00::5 dev a0 weight 3 nexthop via fd00::6 dev a0")]
    [InlineData("fd20::/64", "table 300 metric 8 nexthop via fd00::5 dev a0 nexthop via fe80::6 dev b0")]
    [InlineData("blackhole 10.21.0.0/16", "metric 4")]
    [InlineData("unreachable 10.21.0.0/16", "table 300")]
    [InlineData("prohibit fd21::/64", "")]
    [InlineData("throw fd21::/64", "table 300 metric 3")]
    public void A_route_is_as_ip_makes_it_and_goes_alone(string destination, string words)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "addr add 10.5.0.1/24 dev b0");
        Lab.Ip(name, "route add 10.20.0.0/16 via 10.0.0.5 metric 4000");
        Lab.Ip(name, "-6 route add fd20::/64 via fd00::5 metric 4000");
        string before = Routes(name);
        var client = new RouteClient(session.Conversation);
        IReadOnlyList<Link> links = session.Reader.List().Links;
        string[] head = destination.Split(' ');
        RouteType type = head.Length > 1 ? Enum.Parse<RouteType>(head[0], ignoreCase: true) : RouteType.Unicast;
        RouteWay[] ways = [.. words.Split("nexthop ")[1..].Select(w => w.Split(' ')).Select(w => new RouteWay(
            links.Single(l => l.Name == After(w, "dev")), After(w, "inet6") ?? After(w, "via"), int.Parse(After(w, "weight") ?? "1", CultureInfo.InvariantCulture), w.Contains("onlink")))];
        string[] common = words.Split("nexthop ")[0].Split(' ');

        RouteRecord wanted = RouteBuilder.Build(ways, type, head[^1], Number("metric"), Number("table") ?? RouteBuilder.MainTable, null);
        IReadOnlyList<LinkRoute> added = client.Add(links, wanted, name);

        Assert.Equal(Math.Max(ways.Length, 1), added.Count);
        Assert.Equal(ways.Select(w => (w.Link.Name, w.Gateway, w.Weight, w.OnLink)).Order(), added.Where(_ => ways.Length > 0).Select(r => (r.Name!, r.Gateway, r.Weight, r.OnLink)).Order());
        string ours = Routes(name);
        client.Remove(added[0]);
        Assert.Equal(before, Routes(name));
        Lab.Ip(name, $"{(destination.Contains(':', StringComparison.Ordinal) ? "-6 " : string.Empty)}route add {destination} proto static {words}".TrimEnd());
        Assert.Equal(Routes(name), ours);
        Assert.NotEqual(before, ours);

        uint? Number(string key) => After(common, key) is { } text ? uint.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    private static string? After(string[] words, string key) => Array.IndexOf(words, key) is >= 0 and { } place ? words[place + 1] : null;

    private static string Routes(string name) => string.Join('\n', ((string[])["-4", "-6"]).Select(f => Lab.Ip(name, $"{f} route show table all")));

    private static LinkSession Open(Lab lab, out string name)
    {
        name = lab.NewNamespace();
        Lab.AddVeth(name, "a0", "b0");
        Lab.Ip(name, "addr add 10.0.0.1/24 dev a0");
        Lab.Ip(name, "addr add fd00::1/64 dev a0 nodad");
        return LinkSession.Open(name);
    }

    private static string Way(JsonElement element)
    {
        string gateway = element.TryGetProperty("via", out JsonElement via) ? via.GetProperty("host").GetString()! : Text(element, "gateway");
        return $"{gateway} {Text(element, "dev")}";
    }

    private static string Destination(string text, string family, string all) =>
        text == "default" ? all : text.Contains('/', StringComparison.Ordinal) ? text : $"{text}/{(family == "-4 " ? 32 : 128)}";

    private static RouteType Kind(string text) => Enum.Parse<RouteType>(text, ignoreCase: true);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.ToString() : string.Empty;
}
