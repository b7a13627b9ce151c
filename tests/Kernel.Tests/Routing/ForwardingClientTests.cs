using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Routing;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Routing;

public sealed class ForwardingClientTests
{
    [Fact]
    public void Settings_are_read_and_written_in_the_namespace_and_nowhere_else()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        string[] host = Host();
        var client = new ForwardingClient(session.Namespace);
        Link link = session.Reader.Find("a0")!;
        client.Set(null, new ForwardingChange(false, false, null));
        Assert.Equal((false, false, false), State(client, link));

        client.Set("a0", new ForwardingChange(true, true, true));

        Assert.Equal((true, true, true), State(client, link));
        Assert.Equal((false, false, false), State(client, session.Reader.Find("b0")!));
        Assert.Equal(["1", "1", "1", "0", "0"], Sysctl(name, "net.ipv4.conf.a0.forwarding", "net.ipv6.conf.a0.forwarding", "net.ipv4.conf.a0.proxy_arp", "net.ipv4.conf.b0.forwarding", "net.ipv4.ip_forward"));
        Assert.Equal(host, Host());
    }

    [Fact]
    public void The_switch_for_all_links_sets_them_all()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new ForwardingClient(session.Namespace);
        client.Set(null, new ForwardingChange(true, true, null));
        Assert.Equal(["1", "1", "1", "1"], Sysctl(name, "net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.ipv4.conf.a0.forwarding", "net.ipv4.conf.default.forwarding"));
        Assert.All(client.List(session.Reader.List().Links), f => Assert.Equal((true, true, true, true), (f.IPv4Forwarding, f.IPv6Forwarding, f.NamespaceIPv4Forwarding, f.NamespaceIPv6Forwarding)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_switch_that_has_the_value_already_sets_the_links_that_differ(bool value)
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new ForwardingClient(session.Namespace);
        Assert.Null(client.Set(null, new ForwardingChange(value, value, null)));
        foreach (string setting in (string[])["ipv4.conf.a0", "ipv4.conf.default", "ipv6.conf.b0", "ipv6.conf.default"]) Sysctl(name, "-qw", $"net.{setting}.forwarding={(value ? 0 : 1)}");

        Assert.Null(client.Set(null, new ForwardingChange(value, value, null)));

        Assert.All(session.Reader.List().Links, l => Assert.Equal((value, value, false), State(client, l)));
        string one = value ? "1" : "0";
        Assert.Equal([one, one, one], Sysctl(name, "net.ipv4.conf.default.forwarding", "net.ipv6.conf.default.forwarding", "net.ipv4.ip_forward"));
    }

    [Fact]
    public void The_namespaces_proxy_ARP_is_told_beside_the_links_own()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new ForwardingClient(session.Namespace);
        Assert.Null(client.Set(null, new ForwardingChange(null, null, true)));
        Assert.Equal(["1", "0"], Sysctl(name, "net.ipv4.conf.all.proxy_arp", "net.ipv4.conf.a0.proxy_arp"));
        Assert.All(client.List(session.Reader.List().Links), f => Assert.Equal((false, true), (f.ProxyArp, f.NamespaceProxyArp)));
    }

    [Fact]
    public void Where_one_setting_is_refused_those_before_it_are_set_back()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "link set a0 mtu 1000"); // below 1280 there is no IPv6
        var client = new ForwardingClient(session.Namespace);
        client.Set("a0", new ForwardingChange(false, null, null));
        Assert.Equal(Errno.ENOENT, client.Set("a0", new ForwardingChange(true, true, null))?.Error);
        Assert.Equal((false, null, false), State(client, session.Reader.Find("a0")!));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("all")]
    public void The_kernels_folders_for_all_links_are_no_links(string name)
    {
        using NamespaceHandle here = NamespaceResolver.Open((string?)null);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => new ForwardingClient(here).Set(name, new ForwardingChange(true, null, null))).Id);
    }

    private static (bool? IPv4, bool? IPv6, bool? ProxyArp) State(ForwardingClient client, Link link)
    {
        LinkForwarding f = client.List([link])[0];
        return (f.IPv4Forwarding, f.IPv6Forwarding, f.ProxyArp);
    }

    private static LinkSession Open(Lab lab, out string name)
    {
        name = lab.NewNamespace();
        Lab.AddVeth(name, "a0", "b0");
        return LinkSession.Open(name);
    }

    private static string[] Host() => [File.ReadAllText("/proc/sys/net/ipv4/ip_forward"), File.ReadAllText("/proc/sys/net/ipv4/conf/default/forwarding")];

    private static string[] Sysctl(string name, params string[] keys) => Programs.Run("ip", ["netns", "exec", name, "sysctl", "-n", .. keys]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
