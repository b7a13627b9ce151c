using Xunit;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>Every fact of a bridge port, against <c>bridge</c>, after each of its switches was turned.</summary>
public sealed class PortReadingTests
{
    public static TheoryData<string> Settings =>
    [
        "", "hairpin on", "hairpin off", "guard on", "root_block on", "fastleave on", "learning off", "flood off", "mcast_flood off", "bcast_flood off",
        "mcast_router 0", "mcast_router 2", "mcast_to_unicast on", "neigh_suppress on", "vlan_tunnel on", "isolated on", "locked on", "cost 1234", "priority 17",
        "state 0", "state 1", "state 2", "state 3", "hairpin on isolated on", "hairpin on state 0", "cost 65535", "priority 63", "backup_port v0",
        "hairpin on guard on root_block on fastleave on learning off flood off mcast_flood off bcast_flood off cost 7 priority 9",
    ];

    public static TheoryData<string> SlaveSettings => ["proxy_arp on", "proxy_arp_wifi on", "group_fwd_mask 8", "group_fwd_mask 65528"];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_port_is_what_bridge_says(string setting)
    {
        using BridgeBench bench = new();
        Lab.AddVeth(bench.Namespace, "v0", "v1");
        bench.Links.Ip("link set v0 master br0");
        if (setting.Length > 0) bench.Bridge($"link set dev p1 {setting}");
        Compare(bench);
    }

    [Theory]
    [MemberData(nameof(SlaveSettings))]
    public void Also_what_only_ip_can_set(string setting)
    {
        using BridgeBench bench = new();
        bench.Links.Ip($"link set p1 type bridge_slave {setting}");
        Compare(bench);
    }

    [Fact]
    public void The_ports_of_all_bridges_or_of_one_are_listed()
    {
        using BridgeBench bench = new();
        Lab.AddVeth(bench.Namespace, "v0", "v1");
        Lab.AddBridge(bench.Namespace, "br1", "v0", "v1");
        Assert.Equal(["p1", "v0", "v1"], bench.Ports.List().Select(p => p.Name).Order());
        Assert.Equal(["v0", "v1"], bench.Ports.List(bench.Links["br1"].InterfaceIndex).Select(p => p.Name).Order());
        Assert.Equal(["p1"], bench.Ports.List(bench.Links["br0"].InterfaceIndex).Select(p => p.Name));
        Assert.Empty(bench.Ports.List(bench.Links["p0"].InterfaceIndex));
        Assert.Equal([1, 2], bench.Ports.List(bench.Links["br1"].InterfaceIndex).Select(p => p.PortNumber).Order());
    }

    private static void Compare(BridgeBench bench)
    {
        List<string> differences = [];
        for (int attempt = 0; attempt < 10; attempt++)
        {
            differences = [.. bench.Ports.List().SelectMany(p => BridgeFacts.Compare(p, bench.Namespace)), .. BridgeFacts.Compare(bench.Port("p1"), bench.Namespace)];
            if (differences.Count == 0) return;
            Thread.Sleep(50);
        }

        Assert.Fail(string.Join(Environment.NewLine, differences));
    }
}
