using System.Text.Json;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Bridging;

public sealed class HairpinTests
{
    [Fact]
    public void It_is_on_and_off_for_bridge_and_for_sysfs_too()
    {
        using BridgeBench bench = new();
        foreach (bool on in new[] { true, true, false, false, true })
        {
            BridgePort changed = bench.Ports.SetHairpin(bench.Port("p1"), on);
            Assert.Equal(on, changed.Hairpin);
            Assert.Equal(on, changed.IsHairpinEffective);
            Assert.Equal("br0", changed.Bridge);
            Assert.Equal(bench.Namespace, changed.NetworkNamespace);
            using JsonDocument bridge = JsonDocument.Parse(bench.Bridge("-d -j link show dev p1"));
            Assert.Equal(on, bridge.RootElement[0].GetProperty("hairpin").GetBoolean());
            Assert.Equal(on ? "1" : "0", bench.Links.Session.Sysfs.ReadText("class/net/p1/brport/hairpin_mode"));
        }
    }

    [Fact]
    public void Nothing_else_of_the_port_changes()
    {
        using BridgeBench bench = new();
        bench.Bridge("link set dev p1 cost 77 priority 9 guard on learning off flood off isolated on");
        string before = bench.Bridge("-d link show dev p1");
        bench.Ports.SetHairpin(bench.Port("p1"), true);
        Assert.Equal(before.Replace("hairpin off", "hairpin on", StringComparison.Ordinal), bench.Bridge("-d link show dev p1"));
    }

    [Fact]
    public void A_port_that_left_its_bridge_is_refused()
    {
        using BridgeBench bench = new();
        BridgePort port = bench.Port("p1");
        bench.Links.Ip("link set p1 nomaster");
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Ports.SetHairpin(port, true));
        Assert.NotEqual(Errno.None, failure.Errno);
    }

    [Fact]
    public void A_port_that_is_gone_is_reported_as_gone()
    {
        using BridgeBench bench = new();
        BridgePort port = bench.Port("p1");
        bench.Links.Ip("link delete p1");
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Ports.SetHairpin(port, true));
        Assert.Equal(FailureId.LinkNotFound, GeneralCauses.Explain(failure, port).Id);
    }

    [Theory]
    [InlineData("isolated on", "isolated")]
    [InlineData("state 0", "disabled")]
    [InlineData("state 1", "listening")]
    [InlineData("state 2", "learning")]
    public void Why_it_has_no_effect_is_told(string setting, string why)
    {
        using BridgeBench bench = new();
        bench.Bridge($"link set dev p1 {setting}");
        BridgePortState before = bench.Port("p1").State;
        BridgePort port = bench.Ports.SetHairpin(bench.Port("p1"), true);
        Assert.True(port.Hairpin);
        Assert.Equal(before, port.State);
        Assert.False(port.IsHairpinEffective);
        Assert.Contains(why, PortCauses.WhyIneffective(port));
    }

    [Fact]
    public void A_port_that_floods_no_broadcast_reflects_no_ARP()
    {
        using BridgeBench bench = new();
        bench.Bridge("link set dev p1 bcast_flood off");
        Assert.Contains("ARP", PortCauses.WhyIneffective(bench.Ports.SetHairpin(bench.Port("p1"), true)));
        bench.Bridge("link set dev p1 bcast_flood on");
        Assert.Null(PortCauses.WhyIneffective(bench.Port("p1")));
    }
}
