using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Interop;
using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>Each check of the host, against hosts that are described: no kernel is asked.</summary>
public sealed class HostCheckTests
{
    private const string Mounts = "/proc/thread-self/mountinfo";

    [Fact]
    public void Every_check_has_a_name_of_its_own_and_answers_on_a_host_where_nothing_is()
    {
        Assert.Equal(HostChecks.All.Count, HostChecks.All.Select(c => c.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var bare = new FakeHost { Probe = new KernelProbe { Refusal = Errno.EPERM }, Change = Errno.EPERM, PacketSocket = Errno.EPERM, Wireless = null };
        Assert.All(HostChecks.All, c =>
        {
            HostCheck check = HostChecks.Look(c, bare);
            Assert.NotEmpty(check.Detail);
            if (check.Status is HostCheckStatus.Failed or HostCheckStatus.Unknown or HostCheckStatus.Warning) Assert.False(string.IsNullOrEmpty(check.Advice), c.Name);
        });
    }

    [Theory]
    [InlineData("KindMacvtap", HostCheckStatus.Failed)]
    [InlineData("KindIfb", HostCheckStatus.Warning)]
    public void A_kind_that_the_kernel_has_not_fails_where_it_is_needed(string name, HostCheckStatus expected)
    {
        var host = new FakeHost();
        foreach (string kind in (string[])["macvtap", "ifb"]) host.Probe.Kinds[kind] = new KindOutcome(Errno.EOPNOTSUPP, "Unknown device type");
        HostCheck check = Look(name, host);
        Assert.Equal(expected, check.Status);
        Assert.Contains("modprobe", check.Advice);
        Assert.Contains("Unknown device type", Assert.Single(check.Evidence));
        foreach (string kind in (string[])["macvtap", "ifb"]) host.Probe.Kinds[kind] = default;
        Assert.Equal(HostCheckStatus.Passed, Look(name, host).Status);
    }

    [Fact]
    public void What_was_not_tried_is_unknown_unless_there_is_such_a_link()
    {
        var refused = new KernelProbe { Refusal = Errno.EPERM };
        Assert.Equal(HostCheckStatus.Unknown, Look("KindMacvtap", new FakeHost { Probe = refused }).Status);
        Assert.Equal(HostCheckStatus.Passed, Look("KindMacvtap", new FakeHost { Probe = refused, Namespaces = [new NamespaceView(null, [FakeLinks.Tap()], [])] }).Status);
    }

    [Theory]
    [InlineData("24 1 0:5 / /dev rw - devtmpfs devtmpfs rw", HostCheckStatus.Passed)]
    [InlineData("24 1 0:5 / /dev rw - devtmpfs devtmpfs rw\n30 24 0:9 / /dev rw - tmpfs none rw", HostCheckStatus.Warning)]
    [InlineData("24 1 0:5 / /dev/shm rw shared:1 - tmpfs none rw", HostCheckStatus.Warning)]
    [InlineData(null, HostCheckStatus.Unknown)]
    public void The_last_mount_on_dev_counts(string? mounts, HostCheckStatus expected)
    {
        var host = new FakeHost { Nodes = { ["/dev"] = new HostFile(false, true) } };
        if (mounts is not null) host.Files[Mounts] = mounts;
        Assert.Equal(expected, Look("DeviceFileSystem", host).Status);
    }

    [Theory]
    [InlineData(Errno.None, true, HostCheckStatus.Passed)]
    [InlineData(Errno.EPERM, true, HostCheckStatus.Failed)]
    [InlineData(Errno.EACCES, true, HostCheckStatus.Warning)]
    [InlineData(Errno.ENOENT, false, HostCheckStatus.Failed)]
    public void A_new_macvtap_needs_a_node_that_opens(Errno open, bool isThere, HostCheckStatus expected)
    {
        var host = new FakeHost { Files = { ["/proc/devices"] = "Character devices:\n  1 mem\n246 macvtap\n\nBlock devices:\n  7 loop\n" } };
        host.Probe.Node = new NodeOutcome("/dev/tap9", isThere ? new HostFile(true, false, 246, 1) : null, open);
        Assert.Equal(expected, Look("TapNodeCreation", host).Status);
        Assert.Equal(HostCheckStatus.Passed, Look("TapDeviceNumber", host).Status);
        if (!isThere) return;
        host.Probe.Node = new NodeOutcome("/dev/tap9", new HostFile(true, false, 245, 1), open);
        Assert.Equal(HostCheckStatus.Failed, Look("TapNodeCreation", host).Status);
    }

    [Theory]
    [InlineData(TapDeviceState.Ready, HostCheckStatus.Passed)]
    [InlineData(TapDeviceState.Missing, HostCheckStatus.Warning)]
    [InlineData(TapDeviceState.Shadowed, HostCheckStatus.Failed)]
    public void Nodes_of_macvtaps_anywhere_are_looked_at(TapDeviceState state, HostCheckStatus expected)
    {
        var tap = new TapDevice("mvt20", 20, new DeviceNumber(246, 1)) { State = state };
        var host = new FakeHost { Namespaces = [new NamespaceView(null, [], []), new NamespaceView("web", [FakeLinks.Tap()], [tap])] };
        HostCheck check = Look("TapNodes", host);
        Assert.Equal(expected, check.Status);
        Assert.Contains("network namespace web", Assert.Single(check.Evidence));
        Assert.Equal(HostCheckStatus.Unknown, Look("TapNodes", new FakeHost { Namespaces = [new NamespaceView(null, [FakeLinks.Tap()], [])] }).Status);
    }

    [Fact]
    public void Tun_and_vhost_are_opened()
    {
        var host = new FakeHost { Nodes = { ["/dev/net/tun"] = new HostFile(true, false, 10, 200), ["/dev/vhost-net"] = new HostFile(true, false, 10, 238) } };
        Assert.Equal(HostCheckStatus.Passed, Look("TunNode", host).Status);
        Assert.Equal(HostCheckStatus.Passed, Look("VhostNet", host).Status);
        host.Opening["/dev/net/tun"] = host.Opening["/dev/vhost-net"] = Errno.EACCES;
        Assert.Equal(HostCheckStatus.Warning, Look("TunNode", host).Status);
        Assert.Equal(HostCheckStatus.Warning, Look("VhostNet", host).Status);
        host.Nodes["/dev/net/tun"] = new HostFile(true, false, 1, 3);
        Assert.Equal(HostCheckStatus.Failed, Look("TunNode", host).Status);
    }

    [Theory]
    [InlineData("SUBSYSTEM==\"macvtap\", MODE=\"0666\"", HostCheckStatus.Warning)]
    [InlineData("SUBSYSTEM==\"macvtap\", MODE=\"0644\"", HostCheckStatus.Warning)]
    [InlineData("SUBSYSTEM==\"macvtap\", MODE=\"662\"", HostCheckStatus.Warning)]
    [InlineData("SUBSYSTEM==\"macvtap\", \\\n# for all\n  MODE=\"0666\"", HostCheckStatus.Warning)]
    [InlineData("SUBSYSTEM==\"macvtap\", \\\n  MODE=\"0660\"\nKERNEL==\"null\", MODE=\"0666\"", HostCheckStatus.Passed)]
    [InlineData("SUBSYSTEM==\"macvtap\", MODE=\"0666\" \\", HostCheckStatus.Warning)]
    [InlineData("SUBSYSTEM==\"macvtap\", GROUP=\"kvm\", MODE=\"0660\"", HostCheckStatus.Passed)]
    [InlineData("# SUBSYSTEM==\"macvtap\", MODE=\"0666\"", HostCheckStatus.Passed)]
    [InlineData("KERNEL==\"tape0\", MODE=\"0666\"", HostCheckStatus.Passed)]
    public void Rules_of_udev_that_let_everybody_in_are_told(string rule, HostCheckStatus expected) =>
        Assert.Equal(expected, Look("UdevRules", new FakeHost { Files = { ["/etc/udev/rules.d/80-tap.rules"] = rule } }).Status);

    [Fact]
    public void A_rule_file_of_the_same_name_in_etc_stands_in_for_that_of_the_system() => Assert.Equal(HostCheckStatus.Passed, Look("UdevRules", new FakeHost
    {
        Files = { ["/etc/udev/rules.d/80-tap.rules"] = "# nothing", ["/usr/lib/udev/rules.d/80-tap.rules"] = "SUBSYSTEM==\"macvtap\", MODE=\"0666\"" },
    }).Status);

    [Theory]
    [InlineData("NetAdmin")]
    [InlineData("SysAdmin")]
    [InlineData("NetRaw")]
    public void A_right_is_what_the_kernel_allows_and_not_what_it_lists(string name)
    {
        var refusing = new FakeHost { Change = Errno.EPERM, PacketSocket = Errno.EPERM, Probe = new KernelProbe { Refusal = Errno.EPERM }, Files = { ["/proc/thread-self/status"] = "Name:\tpwsh\nCapEff:\t000001ffffffffff\n" } };
        HostCheck check = Look(name, refusing);
        Assert.Equal(HostCheckStatus.Failed, check.Status);
        Assert.Contains("does not allow", check.Detail);
        refusing.Files["/proc/thread-self/status"] = "CapEff:\t0000000000000000\n";
        Assert.Contains("missing", Look(name, refusing).Detail);
        Assert.Equal(HostCheckStatus.Passed, Look(name, new FakeHost()).Status);
    }

    [Theory]
    [InlineData("IPForward", "ipv4/ip_forward", "0", HostCheckStatus.Passed)]
    [InlineData("IPForward", "ipv4/ip_forward", "1", HostCheckStatus.Warning)]
    [InlineData("BridgeNetfilter", "bridge/bridge-nf-call-iptables", "1", HostCheckStatus.Warning)]
    [InlineData("BridgeNetfilter", "bridge/bridge-nf-call-iptables", "0", HostCheckStatus.Passed)]
    [InlineData("OptimisticAddresses", "ipv6/conf/all/optimistic_dad", "1", HostCheckStatus.Warning)]
    [InlineData("OptimisticAddresses", "ipv6/conf/all/optimistic_dad", "0", HostCheckStatus.Passed)]
    [InlineData("AddressGeneration", "ipv6/conf/default/disable_ipv6", "0", HostCheckStatus.Passed)]
    public void Settings(string name, string setting, string value, HostCheckStatus expected)
    {
        var host = new FakeHost { Settings = { [setting] = value }, Namespaces = [new NamespaceView(null, [FakeLinks.Macvlan(r => r.Macvlan!.Mode = LinkMode.Private)], [])] };
        HostCheck check = Look(name, host);
        Assert.Equal(expected, check.Status);
        Assert.Contains(check.Evidence, e => e.EndsWith($"= {value}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "0", HostCheckStatus.Warning)]
    [InlineData("0", "1", HostCheckStatus.Warning)]
    [InlineData("2", "1", HostCheckStatus.Passed)]
    [InlineData("0", "0", HostCheckStatus.Passed)]
    public void The_larger_reverse_path_filter_counts(string all, string own, HostCheckStatus expected)
    {
        var host = new FakeHost { Namespaces = [new NamespaceView(null, [FakeLinks.Macvlan()], [])], Settings = { ["ipv4/conf/all/rp_filter"] = all, ["ipv4/conf/mv30/rp_filter"] = own } };
        Assert.Equal(expected, Look("ReversePathFilter", host).Status);
        Assert.Equal(HostCheckStatus.NotApplicable, Look("ReversePathFilter", new FakeHost { Settings = { ["ipv4/conf/all/rp_filter"] = "1" } }).Status);
    }

    [Fact]
    public void Arp_is_answered_everywhere_only_where_nothing_forbids_it()
    {
        var host = new FakeHost
        {
            Namespaces = [new NamespaceView(null, [FakeLinks.Macvlan()], [])],
            Settings = { ["ipv4/conf/all/arp_ignore"] = "0", ["ipv4/conf/all/arp_filter"] = "0", ["ipv4/conf/mv30/arp_ignore"] = "0", ["ipv4/conf/mv30/arp_filter"] = "0" },
        };
        Assert.Equal(HostCheckStatus.Warning, Look("ArpAnswers", host).Status);
        host.Settings["ipv4/conf/mv30/arp_ignore"] = "1";
        Assert.Equal(HostCheckStatus.Passed, Look("ArpAnswers", host).Status);
    }

    [Theory]
    [InlineData("Max open files            256                  4096                 files", HostCheckStatus.Warning)]
    [InlineData("Max open files            1024                 4096                 files", HostCheckStatus.Passed)]
    [InlineData("Max open files            unlimited            unlimited            files", HostCheckStatus.Passed)]
    [InlineData("Max processes             256                  4096                 processes", HostCheckStatus.Unknown)]
    public void Open_files(string limits, HostCheckStatus expected) => Assert.Equal(expected, Look("OpenFiles", new FakeHost { Files = { ["/proc/thread-self/limits"] = limits } }).Status);

    [Theory]
    [InlineData("8", HostCheckStatus.Warning)]
    [InlineData("128", HostCheckStatus.Passed)]
    public void Inotify(string count, HostCheckStatus expected) => Assert.Equal(expected, Look("Inotify", new FakeHost { Files = { ["/proc/sys/fs/inotify/max_user_instances"] = count } }).Status);

    [Fact]
    public void A_bridge_that_filters_is_told()
    {
        Link bridge = FakeLinks.Make("br0", 5, "bridge", r => r.Bridge!.VlanFiltering = 1);
        Assert.Equal(HostCheckStatus.Warning, Look("BridgeFilter", new FakeHost { Namespaces = [new NamespaceView(null, [bridge], [])] }).Status);
        Assert.Equal(HostCheckStatus.Passed, Look("BridgeFilter", new FakeHost { Namespaces = [new NamespaceView(null, [FakeLinks.Make("br0", 5, "bridge")], [])] }).Status);
    }

    [Fact]
    public void A_wireless_lower_device_fails()
    {
        NamespaceView[] here = [new NamespaceView(null, [FakeLinks.Tap()], [])];
        Assert.Equal(HostCheckStatus.Failed, Look("WirelessLowerDevice", new FakeHost { Namespaces = here, Wireless = ["eth0"] }).Status);
        Assert.Equal(HostCheckStatus.Passed, Look("WirelessLowerDevice", new FakeHost { Namespaces = here, Wireless = ["wlan0"] }).Status);
        Assert.Equal(HostCheckStatus.Unknown, Look("WirelessLowerDevice", new FakeHost { Namespaces = here, Wireless = null }).Status);
    }

    [Fact]
    public void Other_managers_are_known_by_what_they_leave()
    {
        var host = new FakeHost();
        Assert.Equal(HostCheckStatus.NotApplicable, Look("OtherManagers", host).Status);
        host.Nodes["/run/systemd/netif/state"] = new HostFile(false, false);
        Assert.Equal(HostCheckStatus.Passed, Look("OtherManagers", host).Status);
        host.Nodes["/run/NetworkManager/devices"] = new HostFile(false, true);
        Assert.Equal(HostCheckStatus.Warning, Look("OtherManagers", host).Status);
    }

    [Fact]
    public void The_same_address_twice_is_told_and_what_has_to_have_it_is_not()
    {
        const string Address = "02:00:00:00:00:77";
        Link there = FakeLinks.Macvlan(r => r.Address = Address, 31);
        Link here = FakeLinks.Tap(r => r.Address = Address);
        var host = new FakeHost { Namespaces = [new NamespaceView(null, [here], []), new NamespaceView("web", [there], [])] };
        Assert.Equal(HostCheckStatus.Warning, Look("DuplicateMacAddress", host).Status);
        Link lower = FakeLinks.Veth(change: r => r.Address = Address);
        Link passthru = FakeLinks.Tap(r => { r.Address = Address; r.Macvlan!.Mode = LinkMode.Passthru; });
        Assert.Equal(HostCheckStatus.Passed, Look("DuplicateMacAddress", new FakeHost { Namespaces = [new NamespaceView(null, [lower, passthru], [])] }).Status);
        Assert.Equal(HostCheckStatus.Unknown, Look("DuplicateMacAddress", new FakeHost { Namespaces = [new NamespaceView(null, [], []), new NamespaceView("web", [], [], "not allowed")] }).Status);
    }

    [Fact]
    public void A_behaviour_is_a_warning_with_what_the_module_does()
    {
        var host = new FakeHost();
        Assert.Equal(HostCheckStatus.Unknown, Look("LongLinks", host).Status);
        host.Probe.Behaviours[KernelBehaviour.LongLinksLost] = true;
        HostCheck check = Look("LongLinks", host);
        Assert.Equal(HostCheckStatus.Handled, check.Status);
        Assert.StartsWith("The module", check.Advice);
        host.Probe.Behaviours[KernelBehaviour.LongLinksLost] = false;
        Assert.Equal(HostCheckStatus.Passed, Look("LongLinks", host).Status);
        host.Probe.Behaviours[KernelBehaviour.CutoffIgnored] = true;
        Assert.Equal(HostCheckStatus.Warning, Look("BroadcastCutoff", host).Status);
    }

    [Fact]
    public void Advice_about_settings_is_a_command()
    {
        var host = new FakeHost { Settings = { ["ipv4/ip_forward"] = "0", ["bridge/bridge-nf-call-iptables"] = "1", ["bridge/bridge-nf-call-ip6tables"] = "0", ["bridge/bridge-nf-call-arptables"] = "1" } };
        Assert.StartsWith("sysctl -w net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-arptables=0,", Look("BridgeNetfilter", host).Advice);
        Assert.Contains("Set-LinkForwarding -AllLinks -IPv4Forwarding $true", Look("IPForward", host).Advice);
    }

    [Fact]
    public void Udev()
    {
        Assert.Equal(HostCheckStatus.NotApplicable, Look("Udev", new FakeHost()).Status);
        Assert.Contains("Wait-TapDevice", Look("Udev", new FakeHost { Nodes = { ["/run/udev/control"] = new HostFile(false, false) } }).Advice);
    }

    private static HostCheck Look(string name, FakeHost host) => HostChecks.Look(HostChecks.All.Single(c => c.Name == name), host);
}
