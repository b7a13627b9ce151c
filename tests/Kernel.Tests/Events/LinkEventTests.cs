using MacvtapTools.Events;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Events;

/// <summary>Every kind of event, as the running kernel makes it.</summary>
public sealed class LinkEventTests
{
    [Fact]
    public void The_life_of_a_macvtap()
    {
        using Lab lab = new();
        Requires.Kind("macvtap");
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "v0", "v1");
        using Watch watch = Watch.Over(name);

        Lab.Ip(name, "link add link v0 name mvt0 type macvtap mode bridge");
        LinkEvent added = watch.Until(LinkEventKind.Added, "mvt0");
        MacvtapLink link = Assert.IsType<MacvtapLink>(added.Link);
        Assert.Equal((LinkMode.Bridge, "v0", name, false), (link.Mode, link.LowerDevice, added.NetworkNamespace, added.Resync));

        Lab.Ip(name, "link set mvt0 up");
        LinkEvent up = watch.Until(LinkEventKind.Changed, "mvt0", "AdministrativeStatus");
        Assert.Equal((LinkStatus.Down, AdministrativeStatus.Up), (up.Previous!.Status, up.Link!.AdministrativeStatus));
        Lab.Ip(name, "link set mvt0 type macvtap mode vepa");
        Assert.Equal(["Mode"], watch.Until(LinkEventKind.Changed, "mvt0", "Mode").Changed);
        Lab.Ip(name, "link set mvt0 mtu 1400");
        Assert.Equal(["Mtu"], watch.Until(LinkEventKind.Changed, "mvt0", "Mtu").Changed);
        Lab.Ip(name, "link property add dev mvt0 altname a-longer-name-for-mvt0");
        Assert.Equal(["AlternativeName"], watch.Until(LinkEventKind.Changed, "mvt0", "AlternativeName").Changed);

        Lab.Ip(name, "link set mvt0 name mvt1");
        LinkEvent renamed = watch.Until(LinkEventKind.Changed, "mvt1", "Name");
        Assert.Equal(("mvt0", added.InterfaceIndex), (renamed.Previous!.Name, renamed.InterfaceIndex));

        Lab.Ip(name, "link delete mvt1");
        LinkEvent removed = watch.Until(LinkEventKind.Removed, "mvt1");
        Assert.Equal(1400, removed.Previous!.Mtu);
        Assert.DoesNotContain(watch.Events, e => e.Resync);
        watch.AssertTrue(name);
    }

    [Fact]
    public void The_lower_devices_new_name_reaches_the_links_on_it()
    {
        using Lab lab = new();
        Requires.Kind("macvtap");
        string name = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        using Watch watch = Watch.Over(name);
        Lab.Ip(name, "link set v0 name w0");
        watch.Until(_ => watch.Events.Count == 3);
        Assert.Equal(["mvt0 Changed: LowerDevice", "v1 Changed: Peer", "w0 Changed: Name"], watch.Events.Select(e => e.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("w0", watch.Links.Single(l => l.Name == "mvt0").LowerDevice);
        watch.AssertTrue(name);
    }

    [Fact]
    public void A_veth_pair_comes_and_goes_as_two()
    {
        using Lab lab = new();
        Requires.Kind("veth");
        string name = lab.NewNamespace();
        using Watch watch = Watch.Over(name);
        Lab.AddVeth(name, "v0", "v1");
        watch.Until(LinkEventKind.Added, "v0");
        Assert.Equal("v1", Assert.IsType<VethLink>(watch.Links.Single(l => l.Name == "v0")).Peer);
        watch.Until(LinkEventKind.Changed, "v1", "Peer");
        watch.For(300);
        watch.AssertTrue(name);
        Lab.Ip(name, "link delete v0");
        watch.Until(e => e.Event == LinkEventKind.Removed && watch.Events.Count(o => o.Event == LinkEventKind.Removed) == 2);
        Assert.Equal(["v0", "v1"], watch.Events.Where(e => e.Event == LinkEventKind.Removed).Select(e => e.Name).Order(StringComparer.Ordinal));
        watch.AssertTrue(name);
    }

    [Fact]
    public void A_port_joins_gets_hairpin_by_netlink_and_by_sysfs_and_leaves()
    {
        using Lab lab = new();
        Requires.Program("bridge");
        Requires.Kind("bridge");
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "v0", "v1");
        Lab.AddBridge(name, "br0");
        using Watch watch = Watch.Over(name);

        Lab.Ip(name, "link set v1 master br0");
        LinkEvent joined = watch.Until(LinkEventKind.PortJoined, "v1");
        Assert.Equal("br0", joined.Port!.Bridge);
        watch.Until(LinkEventKind.Changed, "v1", "State");

        Programs.Run("bridge", "-n", name, "link", "set", "dev", "v1", "hairpin", "on");
        LinkEvent on = watch.Until(LinkEventKind.HairpinChanged, "v1");
        Assert.Equal((true, false), (on.Port!.Hairpin, new BridgePort(on.Previous!).Hairpin));
        Assert.Contains("Hairpin", on.Changed);

        // ip netns exec mounts the sysfs of the namespace.
        Programs.Run("ip", "netns", "exec", name, "sh", "-c", "echo 0 > /sys/class/net/v1/brport/hairpin_mode");
        LinkEvent off = watch.Until(LinkEventKind.HairpinChanged, "v1");
        Assert.False(off.Port!.Hairpin);
        watch.For(200);
        Assert.Equal(2, watch.Events.Count(e => e.Event == LinkEventKind.HairpinChanged));

        Lab.Ip(name, "link set v1 nomaster");
        LinkEvent left = watch.Until(LinkEventKind.PortLeft, "v1");
        Assert.Equal("br0", left.Port!.Bridge);
        Assert.Null(left.Link!.Master);
        watch.For(200);
        Assert.Single(watch.Events, e => e.Event == LinkEventKind.PortJoined);
        Assert.Single(watch.Events, e => e.Event == LinkEventKind.PortLeft);
        Assert.DoesNotContain(watch.Events, e => e.Event is LinkEventKind.Added or LinkEventKind.Removed);
    }

    [Fact]
    public void A_move_is_seen_from_both_sides()
    {
        using Lab lab = new();
        Requires.Kind("macvtap");
        string here = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        string there = lab.NewNamespace();
        using Watch watch = Watch.Over(new WatchSettings { NetworkNamespaces = [here, there], RefreshInterval = TimeSpan.Zero });
        Lab.Ip(here, $"link set mvt0 netns {there} name mvt9");

        // Which socket is read first is chance. The kernel renames after it has moved.
        watch.Until(_ => watch.Events.Exists(e => e.Name == "mvt9") && watch.Events.Exists(e => e.Event == LinkEventKind.Moved));
        LinkEvent moved = watch.Events.Single(e => e.Event == LinkEventKind.Moved);
        LinkEvent added = watch.Events.Single(e => e.Event == LinkEventKind.Added);
        Assert.Equal((here, there), (moved.NetworkNamespace, added.NetworkNamespace));
        Assert.Equal(moved.NewInterfaceIndex, added.InterfaceIndex);
        Assert.NotNull(moved.NewNetworkNamespaceId);
        Assert.Equal("mvt0", moved.Name);
        Assert.Equal(["Name"], watch.Events.Single(e => e.Name == "mvt9").Changed);
    }

    [Fact]
    public void A_change_of_a_link_that_is_down_is_found_by_the_next_list()
    {
        using Lab lab = new();
        Requires.Kind("macvtap");
        string name = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        Lab.Ip(name, "link set mvt0 down");
        using (Watch silent = Watch.Over(name))
        {
            Lab.Ip(name, "link set mvt0 type macvtap mode vepa");
            Lab.Ip(name, "link set mvt0 alias quiet");
            silent.For(300);
            Assert.DoesNotContain(silent.Events, e => e.Name == "mvt0");
        }

        Lab.Ip(name, "link set mvt0 type macvtap mode private");
        using Watch watch = Watch.Over(new WatchSettings { NetworkNamespaces = [name], RefreshInterval = TimeSpan.FromMilliseconds(200) });
        Lab.Ip(name, "link set mvt0 type macvtap mode bridge");
        LinkEvent found = watch.Until(LinkEventKind.Changed, "mvt0", "Mode");
        Assert.Equal((true, LinkMode.Private, LinkMode.Bridge), (found.Resync, ((MacvlanLink)found.Previous!).Mode, ((MacvlanLink)found.Link!).Mode));
        watch.For(500);
        Assert.Single(watch.Events, e => e.Name == "mvt0");
    }

    [Fact]
    public void The_initial_state_is_told_when_asked()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "v0", "v1");
        using Watch watch = Watch.Over(new WatchSettings { NetworkNamespaces = [name], InitialState = true, RefreshInterval = TimeSpan.Zero });
        watch.For(100);
        Assert.Equal(["lo", "v0", "v1"], watch.Events.Where(e => e.Event == LinkEventKind.Added).Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.All(watch.Events.Where(e => e.Event == LinkEventKind.Added), e => Assert.True(e.Resync));
    }
}
