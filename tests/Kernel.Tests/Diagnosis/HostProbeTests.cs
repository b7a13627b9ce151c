using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>The kernel tried out for real, and that nothing is left of it.</summary>
public sealed class HostProbeTests
{
    private const int Nobody = 65534;

    [Fact]
    public void Says_of_each_kind_what_ip_says()
    {
        using Lab lab = new();
        KernelProbe probe = KernelProber.Run();
        Assert.False(probe.IsRefused);
        string networkNamespace = lab.NewNamespace();
        Lab.Ip(networkNamespace, "link add low0 type bridge");
        foreach (string kind in (string[])["macvlan", "macvtap", "veth", "bridge", "ifb"])
        {
            string lower = kind.StartsWith("macv", StringComparison.Ordinal) ? "link low0 " : string.Empty;
            Assert.Equal(Programs.Try("ip", $"-n {networkNamespace} link add {lower}name k{kind} type {kind}".Split(' ')).ExitCode == 0, probe.Kinds[kind].IsMade);
        }

        Assert.Equal(Programs.Try("ip", "-n", networkNamespace, "tuntap", "add", "ktap", "mode", "tap").ExitCode == 0, probe.Kinds["tun"].IsMade);
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        Requires.Kind("macvtap");
        Requires.KernelDevices();
        string[] links = [.. LinkNames()];
        KernelProbe probe = KernelProber.Run();
        Assert.Equal(links, LinkNames());
        Assert.True(probe.Node is { Found.IsCharacterDevice: true, Error: Errno.None }, $"{probe.Node}");
        Assert.False(Path.Exists(probe.Node.Value.Path));
    }

    [Fact]
    public void The_mode_by_SetLink_and_the_disabled_port_are_what_the_facts_say()
    {
        Requires.Kind("macvlan");
        KernelProbe probe = KernelProber.Run();

        // The module is built on these two: should a kernel do otherwise one day, its texts have to change.
        Assert.True(probe.Behaviours[KernelBehaviour.SetLinkIgnored]);
        Assert.True(probe.Behaviours.ContainsKey(KernelBehaviour.LongLinksLost));
        Assert.True(probe.Behaviours.ContainsKey(KernelBehaviour.PromiscuityLost));
        Assert.True(probe.Behaviours.ContainsKey(KernelBehaviour.DisabledPortSwitchedOn));
        Assert.True(probe.Behaviours.ContainsKey(KernelBehaviour.BlockingBecomesForwarding));
    }

    [Fact]
    public void Without_CAP_NET_ADMIN_the_right_is_missing_and_with_it_it_is_there()
    {
        using Lab lab = new();
        string networkNamespace = lab.NewNamespace();
        using LinkSession session = LinkSession.Open(networkNamespace);
        var host = new HostSource(session, name => LinkSession.Open(name));
        Assert.Equal(HostCheckStatus.Passed, Look("NetAdmin", host).Status);
        Assert.Equal(HostCheckStatus.Passed, Look("NetRaw", host).Status);
        WithoutCapability.Run(() => Assert.Equal(HostCheckStatus.Failed, Look("NetAdmin", host).Status));
    }

    [Fact]
    public void A_shadowed_node_a_bridge_and_a_doubled_address_are_found_in_other_namespaces()
    {
        Requires.Kind("macvtap");
        Requires.KernelDevices();
        using Lab lab = new();
        int index = Lab.NewIndex();
        string first = lab.NewNamespaceWithMacvtap("mvt0", index);
        string second = lab.NewNamespaceWithMacvtap("mvt1", index);
        Lab.Ip(first, "link set mvt0 address 02:00:00:99:00:01");
        Lab.Ip(second, "link set mvt1 address 02:00:00:99:00:01");
        Lab.Ip(second, "link add br0 type bridge");
        using LinkSession session = LinkSession.Open(first);
        var opened = new List<LinkSession>();
        try
        {
            var host = new HostSource(session, name => { LinkSession there = LinkSession.Open(name); opened.Add(there); return there; });
            HostCheck nodes = Look("TapNodes", host);
            Assert.Equal(HostCheckStatus.Failed, nodes.Status);
            Assert.Contains($"mvt1 in network namespace {second}", nodes.Detail);
            Assert.Contains(Look("BridgeFilter", host).Evidence, e => e == $"br0 in network namespace {second}: VLAN filtering off");
            Assert.Contains(Look("DuplicateMacAddress", host).Evidence, e => e.StartsWith("02:00:00:99:00:01", StringComparison.Ordinal));
        }
        finally
        {
            foreach (LinkSession there in opened) there.Dispose();
        }
    }

    [Fact]
    public void As_another_user_nothing_is_tried_and_nothing_fails()
    {
        Requires.OtherUsers();
        Inner.Run(typeof(HostProbeTests), nameof(Everything_as_another_user), "setpriv", "--reuid", $"{Nobody}", "--regid", $"{Nobody}", "--clear-groups");
    }

    [InnerFact]
    public void Everything_as_another_user()
    {
        using LinkSession session = LinkSession.Open();
        var host = new HostSource(session, name => LinkSession.Open(name));
        Dictionary<string, HostCheckStatus> all = HostChecks.All.ToDictionary(c => c.Name, c => HostChecks.Look(c, host).Status);
        Assert.Equal(HostCheckStatus.Failed, all["NetAdmin"]);
        Assert.Equal(HostCheckStatus.Failed, all["SysAdmin"]);
        Assert.Equal(HostCheckStatus.Failed, all["NetRaw"]);
        Assert.Equal(HostCheckStatus.Unknown, all["TapNodeCreation"]);
        Assert.Equal(HostCheckStatus.Unknown, all["LongLinks"]);
    }

    [Fact]
    public void In_a_user_namespace_the_kinds_are_tried()
    {
        Requires.UserNamespaces();
        Requires.Kind("macvlan");
        Inner.Run(typeof(HostProbeTests), nameof(Kinds_in_a_user_namespace), "unshare", "-Urn");
    }

    [InnerFact]
    public void Kinds_in_a_user_namespace()
    {
        KernelProbe probe = KernelProber.Run();
        Assert.False(probe.IsRefused);
        Assert.True(probe.Kinds["macvlan"].IsMade);
    }

    [Fact]
    public void In_a_private_dev_no_node_appears()
    {
        Requires.Kind("macvtap");
        Requires.Program("unshare");
        Inner.Run(
            typeof(HostProbeTests),
            nameof(Nodes_in_a_private_dev),
            "unshare",
            "-m",
            "sh",
            "-c",
            "mkdir -p /tmp/devs.$$ && touch /tmp/devs.$$/null /tmp/devs.$$/urandom && mount --bind /dev/null /tmp/devs.$$/null && mount --bind /dev/urandom /tmp/devs.$$/urandom && d=/tmp/devs.$$ && mount -t tmpfs none /dev && touch /dev/null /dev/urandom && mount --bind $d/null /dev/null && mount --bind $d/urandom /dev/urandom && umount $d/null $d/urandom && rm -r $d && exec \"$@\"",
            "sh");
    }

    [InnerFact]
    public void Nodes_in_a_private_dev()
    {
        using LinkSession session = LinkSession.Open();
        var host = new HostSource(session, name => LinkSession.Open(name));
        Assert.Equal(HostCheckStatus.Warning, Look("DeviceFileSystem", host).Status);
        HostCheck node = Look("TapNodeCreation", host);
        Assert.Equal(HostCheckStatus.Failed, node.Status);
        Assert.Contains("Repair-TapDevice", node.Advice);
        Assert.Equal(HostCheckStatus.Passed, Look("KindMacvtap", host).Status);
        Assert.Equal(HostCheckStatus.Warning, Look("TunNode", host).Status);
    }

    private static HostCheck Look(string name, IHostSource host) => HostChecks.Look(HostChecks.All.Single(c => c.Name == name), host);

    private static IEnumerable<string> LinkNames()
    {
        using LinkSession session = LinkSession.Open();
        return [.. session.Reader.List().Links.Select(l => l.Name)];
    }
}
