using System.Text.Json;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Bridging;

public sealed class PortChangeTests
{
    [Fact]
    public void A_link_becomes_a_port_and_is_released()
    {
        using BridgeBench bench = new();
        Lab.AddVeth(bench.Namespace, "v0", "v1");
        BridgePort port = Add(bench, "v0");
        Assert.Equal(("v0", "br0"), (port.Name, port.Bridge));
        Assert.Equal("br0", Master(bench, "v0"));
        Link released = bench.Ports.Remove(port);
        Assert.Null(released.Master);
        Assert.Null(Master(bench, "v0"));
        Assert.Equal(["p1"], bench.Ports.List().Select(p => p.Name));
    }

    [Fact]
    public void A_macvlan_may_be_a_port_and_a_macvtap_may_not()
    {
        using BridgeBench bench = new();
        bench.Links.Create(w => w with { Name = "lan", IsTap = false });
        bench.Links.Create(w => w with { Name = "tap" });
        Assert.Equal("br0", Add(bench, "lan").Bridge);
        MacvtapException failure = Refused(bench, "tap", FailureId.LinkBusy);
        Assert.Contains("macvtap cannot be a bridge port", failure.Message);
    }

    [Fact]
    public void A_lower_device_may_not_and_its_link_is_named()
    {
        using BridgeBench bench = new();
        bench.Links.Create(w => w with { Name = "child" });
        MacvtapException failure = Refused(bench, "p0", FailureId.LinkBusy);
        Assert.Contains("lower device of child", failure.Message);
        Assert.Contains("-LowerDevice br0", failure.Advice);
    }

    [Fact]
    public void A_bridge_may_not()
    {
        using BridgeBench bench = new();
        bench.Links.Ip("link add br1 type bridge");
        Assert.Contains("br1 is itself a bridge", Refused(bench, "br1", FailureId.LinkBusy).Message);
        Assert.Contains("br0 is itself a bridge", Refused(bench, "br0", FailureId.LinkBusy).Message);
    }

    [Fact]
    public void The_loopback_may_not() =>
        Run(bench => Assert.Contains("loopback", Refused(bench, "lo", FailureId.ParameterInvalid).Message));

    [Fact]
    public void A_tun_may_not() => Run(bench =>
    {
        bench.Links.Ip("tuntap add t0 mode tun");
        Refused(bench, "t0", FailureId.ParameterInvalid);
    });

    [Fact]
    public void A_port_of_another_bridge_changes_over_and_its_settings_begin_anew() => Run(bench =>
    {
        // The kernel releases it by itself (do_set_master in net/core/rtnetlink.c).
        bench.Links.Ip("link add br1 up type bridge");
        bench.Ports.SetHairpin(bench.Port("p1"), true);
        BridgePort port = Add(bench, "p1", "br1");
        Assert.Equal("br1", port.Bridge);
        Assert.False(port.Hairpin);
        Assert.Equal("br1", Master(bench, "p1"));
    });

    [Fact]
    public void A_port_that_is_added_again_keeps_its_settings() => Run(bench =>
    {
        bench.Ports.SetHairpin(bench.Port("p1"), true);
        Assert.True(Add(bench, "p1").Hairpin);
    });

    [Fact]
    public void A_port_that_its_new_master_does_not_take_is_put_back_with_its_settings() => Run(bench =>
    {
        (PortAttribute Attribute, ulong Value)[] set =
        [
            (PortAttribute.Hairpin, 1), (PortAttribute.Isolated, 1), (PortAttribute.Learning, 0), (PortAttribute.Cost, 77), (PortAttribute.Priority, 5), (PortAttribute.State, 0),
        ];
        foreach ((PortAttribute attribute, ulong value) in set) bench.Ports.Set(bench.Port("p1"), attribute, value);
        Link port = bench.Links["p1"];
        LinkEditFailure failure = bench.Links.Session.Editor.Apply([new MasterChange(port, bench.Links["p0"])])!;
        Assert.True(failure.HasActedRefused);
        Assert.Empty(failure.Standing);
        BridgePort back = bench.Port("p1");
        Assert.Equal("br0", back.Bridge);
        Assert.All(PortAttribute.All, a => Assert.Equal(port.Record.Port![a.Number], back.Link.Record.Port![a.Number]));
    });

    [Fact]
    public void What_is_no_bridge_takes_no_ports() => Run(bench =>
    {
        Lab.AddVeth(bench.Namespace, "v0", "v1");
        Link link = bench.Links["v0"];
        Link other = bench.Links["v1"];
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Ports.Add(link, other));
        Assert.NotNull(PortCauses.ExplainAdd(failure, link, other, bench.Links.Session.Reader).Message);
        Assert.Null(Master(bench, "v0"));
    });

    [Fact]
    public void The_learned_addresses_go_as_with_ip_and_the_entered_ones_stay() => Run(bench =>
    {
        string[] learned = ["02:00:00:00:00:55", "02:00:00:00:00:56"];
        string[] Left() => [.. JsonDocument.Parse(bench.Bridge("-j fdb show dev p1")).RootElement.EnumerateArray().Select(e => e.GetProperty("mac").GetString()!).Where(a => a.StartsWith("02:00:00", StringComparison.Ordinal)).Order()];
        string[][] left = [.. ((Action[])[() => bench.Links.Ip("link set p1 type bridge_slave fdb_flush"), () => bench.Ports.Client.ForgetAddresses(bench.Port("p1"))]).Select(flush =>
        {
            foreach (string address in learned) bench.Bridge($"fdb add {address} dev p1 master dynamic");
            bench.Bridge("fdb replace 02:00:00:00:00:57 dev p1 master static");
            Assert.Equal(learned.Order(), Left().Intersect(learned).Order());
            flush();
            return Left();
        })];
        Assert.Equal(left[0], left[1]);
        Assert.Contains("02:00:00:00:00:57", left[1]);
        Assert.Empty(left[1].Intersect(learned));
    });

    [Fact]
    public void What_is_no_port_has_no_learned_addresses() => Run(bench =>
    {
        BridgePort port = bench.Port("p1");
        bench.Ports.Remove(port);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<NetlinkException>(() => bench.Ports.Client.ForgetAddresses(port)).Errno);
    });

    [Fact]
    public void A_next_hop_group_stands_in_and_is_taken_away() => Run(bench =>
    {
        Assert.Null(bench.Port("p1").BackupNextHopGroup);
        Assert.Equal(12, bench.Ports.Set(bench.Port("p1"), PortAttribute.BackupNextHopGroup, 12).BackupNextHopGroup);
        Assert.Null(bench.Ports.Set(bench.Port("p1"), PortAttribute.BackupNextHopGroup, 0).BackupNextHopGroup);
    });

    [Fact]
    public void The_next_hop_group_is_that_of_bridge() => Run(bench =>
    {
        if (!Programs.Try("bridge", "link", "help").ErrorOutput.Contains("backup_nhid", StringComparison.Ordinal)) Assert.Skip("This bridge(8) does not know backup_nhid.");
        bench.Bridge("link set dev p1 backup_nhid 12");
        Assert.Equal(12, bench.Port("p1").BackupNextHopGroup);
        bench.Ports.Set(bench.Port("p1"), PortAttribute.BackupNextHopGroup, 13);
        Assert.Contains("backup_nhid 13", bench.Bridge("-d link show dev p1"));
    });

    [Fact]
    public void A_backup_port_is_taken_away_also_where_there_is_none() => Run(bench =>
    {
        Assert.Null(bench.Ports.Set(bench.Port("p1"), PortAttribute.BackupPort, 0).BackupPortIndex);
    });

    private static void Run(Action<BridgeBench> test)
    {
        using BridgeBench bench = new();
        test(bench);
    }

    private static BridgePort Add(BridgeBench bench, string name, string bridge = "br0") => bench.Ports.Add(bench.Links[name], bench.Links[bridge]);

    /// <summary>Adds as Add-BridgePort does, and requires one refusal, in words.</summary>
    private static MacvtapException Refused(BridgeBench bench, string name, FailureId id)
    {
        Link link = bench.Links[name];
        Link bridge = bench.Links["br0"];
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Ports.Add(link, bridge));
        MacvtapException explained = PortCauses.ExplainAdd(failure, link, bridge, bench.Links.Session.Reader);
        Assert.Equal(id, explained.Id);
        Assert.False(string.IsNullOrEmpty(explained.Advice));
        Assert.Null(Master(bench, name));
        return explained;
    }

    private static string? Master(BridgeBench bench, string name) =>
        Lab.IpJson(bench.Namespace, $"link show {name}")[0].TryGetProperty("master", out System.Text.Json.JsonElement master) ? master.GetString() : null;
}
