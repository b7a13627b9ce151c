using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Veth pairs and bridges as the library makes them.</summary>
public sealed class OtherKindTests
{
    [Fact]
    public void A_bridge_is_made_as_it_was_asked_for()
    {
        using LinkBench bench = new();
        LinkRecord made = bench.Session.Creator.Create(
            new LinkSettings { Name = "br0", Address = [2, 0, 0, 0, 0, 9], Mtu = 1400, Up = true },
            new BridgeSettings { StpState = 1, ForwardDelay = 400, AgeingTime = 12300, MulticastSnooping = 0 });
        var bridge = Assert.IsType<BridgeLink>(bench.Session.Reader.Name(made));
        Assert.True(bridge.SpanningTree);
        Assert.Equal(TimeSpan.FromSeconds(4), bridge.ForwardDelay);
        Assert.Equal(TimeSpan.FromSeconds(123), bridge.AgeingTime);
        Assert.False(bridge.MulticastSnooping);
        Assert.Equal(("02:00:00:00:00:09", 1400, AdministrativeStatus.Up), (bridge.MacAddress, bridge.Mtu, bridge.AdministrativeStatus));
        Assert.DoesNotContain(IpFacts.Compare(bench["br0"], IpFacts.ReadAll(bench.Namespace).Single(l => l.GetProperty("ifname").GetString() == "br0"), bench.Session), IsSettled);

        // The operational state and the counters settle a moment later.
        static bool IsSettled(string difference) => difference[..difference.IndexOf(':')] is not ("OperationalStatus" or "Status" or "Running" or "Flags" or "SentPackets" or "SentBytes");
    }

    [Theory]
    [InlineData("p0", "new", FailureId.LinkExists, "p0 exists already")]
    [InlineData("new", "p1", FailureId.LinkExists, "p1 exists already")]
    [InlineData("new", "new", FailureId.LinkExists, "exists already")]
    public void A_veth_pair_with_a_name_that_is_taken_is_refused_and_neither_end_stands(string name, string peer, FailureId id, string why)
    {
        using LinkBench bench = new();
        string[] before = bench.Names();
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Session.Creator.Create(new LinkSettings { Name = name }, new VethSettings { PeerName = peer }));
        MacvtapException explained = OtherKindCauses.Explain(failure, VethSettings.Veth, [name, peer], null, bench.Session.Reader);
        Assert.Equal(id, explained.Id);
        Assert.Contains(why, explained.Message);
        Assert.Equal(before, bench.Names());
    }

    [Theory]
    [InlineData(67u)]
    [InlineData(65536u)]
    public void An_MTU_that_cannot_be_is_refused(uint mtu)
    {
        using LinkBench bench = new();
        foreach (KindSettings kind in new KindSettings[] { new VethSettings { PeerName = "far", PeerMtu = mtu }, new BridgeSettings() })
        {
            KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Session.Creator.Create(new LinkSettings { Name = "near", Mtu = mtu }, kind));
            Assert.Equal(FailureId.MtuOutOfRange, OtherKindCauses.Explain(failure, kind.Kind, ["near"], (int)mtu, bench.Session.Reader).Id);
            Assert.Null(bench.Session.Reader.Find("near"));
        }
    }

    [Fact]
    public void A_kind_that_the_kernel_does_not_have_is_named_with_its_module()
    {
        using LinkBench bench = new();
        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Session.Creator.Create(new LinkSettings { Name = "x0" }, new NoKind()));
        MacvtapException explained = OtherKindCauses.Explain(failure, "nokind", ["x0"], null, bench.Session.Reader);
        Assert.Equal(FailureId.KindNotSupported, explained.Id);
        Assert.Contains("modprobe nokind", explained.Advice);
    }

    private sealed class NoKind : KindSettings
    {
        internal override string Kind => "nokind";

        internal override bool HasData => false;

        internal override void WriteData(Netlink.MessageWriter message)
        {
        }
    }
}
