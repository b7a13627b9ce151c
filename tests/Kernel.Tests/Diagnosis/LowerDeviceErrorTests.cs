using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

public sealed class LowerDeviceErrorTests
{
    [Fact]
    public void The_loopback_is_unsuitable()
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.LowerDeviceUnsuitable, w => On(w, bench["lo"]));
        Assert.Contains("lo is the loopback device", failure.Message);
    }

    [Fact]
    public void A_tun_is_no_Ethernet_device()
    {
        using LinkBench bench = new();
        bench.Ip("tuntap add t0 mode tun");
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.LowerDeviceUnsuitable, w => On(w, bench["t0"]));
        Assert.Contains("t0 is not an Ethernet device", failure.Message);
    }

    [Fact]
    public void A_bridge_port_is_busy_and_its_bridge_is_advised()
    {
        using LinkBench bench = new();
        Lab.AddBridge(bench.Namespace, "br0", "p1");
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.LowerDeviceBusy, w => On(w, bench["p1"]));
        Assert.Contains("p1 is a port of br0", failure.Message);
        Assert.Contains("-LowerDevice br0", failure.Advice);
        bench.Create(w => On(w, bench["br0"])); // the advice is good
    }

    [Theory]
    [InlineData(987654321)]
    [InlineData(-1)]
    [InlineData(0)]
    public void An_index_that_is_not_there_is_not_found(int index)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.LowerDeviceNotFound, w => w with { LowerDevice = "eth7", LowerDeviceIndex = index });
        Assert.Contains("eth7", failure.Message);
    }

    [Fact]
    public void A_second_passthru_link_conflicts_with_the_first()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Name = "owner", Mode = LinkMode.Passthru });
        foreach (LinkMode mode in Enum.GetValues<LinkMode>())
        {
            MacvtapException failure = bench.RefusedWithAdvice(FailureId.PassthruConflict, w => w with { Mode = mode });
            Assert.Contains("owner has p0 for itself", failure.Message);
            Assert.Contains("Remove-Link owner", failure.Advice);
        }
    }

    [Fact]
    public void A_passthru_link_conflicts_with_those_that_are_there()
    {
        using LinkBench bench = new();
        foreach (string name in new[] { "a", "b", "c", "d" }) bench.Create(w => w with { Name = name });
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.PassthruConflict, w => w with { Mode = LinkMode.Passthru });
        Assert.Contains("p0 has a, b and 2 more", failure.Message);
    }

    [Theory]
    [InlineData(LinkMode.Passthru, LinkMode.Bridge)]
    [InlineData(LinkMode.Bridge, LinkMode.Passthru)]
    [InlineData(LinkMode.Passthru, LinkMode.Passthru)]
    public void A_conflict_with_a_link_that_went_to_another_namespace_names_it(LinkMode away, LinkMode here)
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        bench.Create(w => w with { Name = "away", Mode = away });
        bench.Ip($"link set away netns {other}");
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.PassthruConflict, w => w with { Mode = here });
        Assert.Contains($"away in network namespace {other}", failure.Message);
        Assert.Equal(away == LinkMode.Passthru ? FailureCause.PassthruOwner : FailureCause.PassthruNotAlone, failure.Cause);
        Assert.Equal(other, Assert.Single(failure.Evidence).NetworkNamespace);
    }

    [Fact]
    public void Siblings_on_a_macvlan_count_as_siblings_on_its_lower_device()
    {
        using LinkBench bench = new();
        Link first = bench.Create(w => w with { Name = "first", IsTap = false });
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.PassthruConflict, w => On(w, first) with { Mode = LinkMode.Passthru });
        Assert.Contains("first", failure.Message);
    }

    [Fact]
    public void A_link_on_a_macvlan_is_shown_on_the_device_where_it_landed()
    {
        using LinkBench bench = new();
        Link first = bench.Create(w => w with { Name = "first", IsTap = false });
        Link second = bench.CreateLoosely(w => On(w, first)).Link;
        Assert.Equal("p0", second.LowerDevice);
        Assert.Equal(bench.Lower.InterfaceIndex, second.LowerDeviceIndex);
    }

    private static MacvlanSpecification On(MacvlanSpecification wanted, Link lower) => wanted with { LowerDevice = lower.Name, LowerDeviceIndex = lower.InterfaceIndex };
}
