using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>Somebody wants hairpin where it is not: the port that it belongs to is named, if it can be found.</summary>
public sealed class NotAPortTests
{
    [Theory]
    [InlineData("m0")]
    [InlineData("p0")]
    public void The_port_at_the_other_end_of_the_veth_pair_is_named(string name)
    {
        using LinkBench bench = new();
        Lab.AddBridge(bench.Namespace, "br0", "p1");
        bench.Create();
        MacvtapException failure = NotAPort(bench, name);
        Assert.Contains($"p0 is plugged into p1, a port of br0 in network namespace {bench.Namespace}.", failure.Advice);
        Assert.EndsWith($"Enable-Hairpin p1 -NetworkNamespace {bench.Namespace}", failure.Advice);
        Assert.Contains(name, failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Also_in_another_namespace_that_has_a_name(bool isPort)
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        bench.Lab.NewNamespace(); // one that has nothing to do with it
        Lab.AddVeth(bench.Namespace, "v0", "v1", other);
        if (isPort) Lab.AddBridge(other, "br7", "v1");
        bench.Create(w => w with { LowerDevice = "v0", LowerDeviceIndex = bench["v0"].InterfaceIndex });
        string advice = NotAPort(bench, "m0").Advice!;
        if (isPort) Assert.EndsWith($"v0 is plugged into v1, a port of br7 in network namespace {other}. Enable-Hairpin v1 -NetworkNamespace {other}", advice);
        else Assert.Contains("switch outside this host", advice);
    }

    [Fact]
    public void A_link_of_the_same_index_in_a_third_namespace_is_not_taken_for_the_peer()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        string third = bench.Lab.NewNamespace();
        Lab.AddVeth(bench.Namespace, "v0", "v1", other);
        int peer = ((VethLink)bench["v0"]).PeerIndex!.Value;
        Lab.Ip(third, $"link add w1 index {peer} type veth peer name w0 index 9999");
        Lab.AddBridge(third, "br9", "w1");
        Assert.DoesNotContain("w1", NotAPort(bench, "v0").Advice);
    }

    [Fact]
    public void Without_a_port_at_the_other_end_the_switch_outside_is_meant()
    {
        using LinkBench bench = new();
        bench.Create();
        Assert.Contains("switch outside this host", NotAPort(bench, "m0").Advice);
        Assert.Contains("m0 is a macvtap, not a bridge port", NotAPort(bench, "m0").Message);
        Assert.Contains("lo is not a bridge port", NotAPort(bench, "lo").Message);
    }

    [Fact]
    public void Of_a_bridge_its_ports_are_meant()
    {
        using LinkBench bench = new();
        Lab.AddBridge(bench.Namespace, "br0", "p1");
        MacvtapException failure = NotAPort(bench, "br0");
        Assert.Contains("br0 is a bridge", failure.Message);
        Assert.Contains("Get-BridgePort -Bridge br0", failure.Advice);
    }

    [Fact]
    public void The_peer_is_found_with_its_own_namespace()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        Lab.AddVeth(bench.Namespace, "v0", "v1", other);
        Lab.AddBridge(other, "br7", "v1");
        var veth = (VethLink)bench["v0"];
        using LinkSession session = LinkSession.Open(bench.Namespace);
        Link peer = PeerFinder.Find(veth, session.Reader)!;
        Assert.Equal(("v1", "br7", other), (peer.Name, peer.Master, peer.NetworkNamespace));
    }

    private static MacvtapException NotAPort(LinkBench bench, string name)
    {
        MacvtapException failure = PortCauses.NotAPort(bench[name], bench.Session.Reader, "Enable-Hairpin");
        Assert.Equal(FailureId.NotBridgePort, failure.Id);
        return failure;
    }
}
