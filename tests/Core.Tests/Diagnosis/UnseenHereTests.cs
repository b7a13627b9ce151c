using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;
using MacvtapTools.Route;
using MacvtapTools.Routing;
using MacvtapTools.Tests.Links;
using Xunit;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>Causes for which a kernel with bonds, teams, Open vSwitch, ipvlan or wireless devices is needed, or one with a defect, or a host without tun.</summary>
public sealed class UnseenHereTests
{
    private const ushort Ethernet = 1;
    private static readonly MacvlanSpecification Wanted = new() { IsTap = true, Name = "m0", LowerDevice = "eth0", LowerDeviceIndex = 1, Mode = LinkMode.Bridge };

    [Theory]
    [InlineData("bond", FailureCause.LowerDeviceHasMaster)]
    [InlineData("team", FailureCause.LowerDeviceHasMaster)]
    [InlineData("openvswitch", FailureCause.LowerDeviceHasMaster)]
    [InlineData("bridge", FailureCause.LowerDeviceIsBridgePort)]
    public void A_lower_device_that_belongs_to_another(string slaveKind, FailureCause cause)
    {
        Link lower = Make(new LinkRecord { Index = 1, Name = "eth0", Mtu = 1500, HardwareType = Ethernet, MasterIndex = 2, SlaveKind = slaveKind }, "master0");
        Assert.Equal(cause, Refused([lower], [], Errno.EBUSY).Cause);
    }

    [Fact]
    public void A_port_of_a_VRF_is_no_hindrance_and_of_an_unknown_master_it_is_not_known()
    {
        Link vrf = Make(new LinkRecord { Index = 1, Name = "eth0", Mtu = 1500, HardwareType = Ethernet, MasterIndex = 2, SlaveKind = "vrf" }, "vrf0");
        Link other = Make(new LinkRecord { Index = 1, Name = "eth0", Mtu = 1500, HardwareType = Ethernet, MasterIndex = 2, SlaveKind = "batadv" }, "bat0");
        Assert.DoesNotContain("belongs", MacvlanPreflight.Check(Wanted, Snapshot([vrf], [])).Unknown ?? string.Empty);
        Assert.Contains("belongs to bat0", MacvlanPreflight.Check(Wanted, Snapshot([other], [])).Unknown);
    }

    [Theory]
    [InlineData("ipvlan", true)]
    [InlineData("ipvlan", false)]
    [InlineData("ipvtap", true)]
    public void A_lower_device_of_an_ipvlan(string kind, bool isHere)
    {
        Link lower = Make(new LinkRecord { Index = 1, Name = "eth0", Mtu = 1500, HardwareType = Ethernet });
        Link taker = Make(new LinkRecord { Index = 5, Name = "ipv0", Kind = kind, LinkIndex = 1, LinkNamespaceId = isHere ? null : 0 });
        MacvtapException failure = Refused(isHere ? [lower, taker] : [lower], isHere ? [] : [taker], Errno.EBUSY);
        Assert.Equal(FailureCause.LowerDeviceTakenOver, failure.Cause);
        Assert.Equal("ipv0", Assert.Single(failure.Evidence).Link);
    }

    [Fact]
    public void A_VLAN_is_a_lower_device_like_any_other()
    {
        Link vlan = Make(new LinkRecord { Index = 1, Name = "eth0.7", Kind = "vlan", Mtu = 1500, HardwareType = Ethernet, LinkIndex = 9 });
        Assert.Null(MacvlanPreflight.Check(Wanted, Snapshot([vlan], [])).Caveat);
    }

    [Fact]
    public void A_wireless_lower_device_is_accepted_and_will_be_regretted()
    {
        Assert.Contains("access points drop", MacvlanPreflight.Check(Wanted, Snapshot([Wireless()], [])).Caveat);
        Assert.Null(MacvlanPreflight.Check(Wanted with { Mode = LinkMode.Passthru }, Snapshot([Wireless()], [])).Caveat);
    }

    [Fact]
    public void A_wireless_device_cannot_be_a_bridge_port()
    {
        using FakeKernel kernel = new();
        Link bridge = Make(new LinkRecord { Index = 2, Name = "br0", Kind = "bridge", Bridge = new BridgeFacts() });
        Assert.Equal(FailureCause.Wireless, PortCauses.ExplainAdd(new KernelException(Errno.EOPNOTSUPP, "add"), Wireless(), bridge, kernel.Reader).Cause);
        Link other = Make(new LinkRecord { Index = 1, Name = "eth0" });
        Assert.Equal(FailureCause.PortNotAllowed, PortCauses.ExplainAdd(new KernelException(Errno.EOPNOTSUPP, "add"), other, bridge, kernel.Reader).Cause);
    }

    [Fact]
    public void A_promiscuity_that_was_counted_below_zero()
    {
        var link = (MacvlanLink)Make(new LinkRecord { Index = 3, Name = "m0", Kind = "macvlan", LinkIndex = 1, Macvlan = new MacvlanFacts { Mode = LinkMode.Passthru } });
        Assert.Equal(FailureCause.PromiscuityDefect, ChangeCauses.ExplainMode(new KernelException(Errno.EOVERFLOW, "set the mode"), link, LinkMode.Passthru, false).Cause);
    }

    [Theory]
    [InlineData(Errno.ENOENT, FailureCause.TunDriverMissing)]
    [InlineData(Errno.EACCES, FailureCause.TunDeviceNotAllowed)]
    public void A_host_without_tun(Errno errno, FailureCause cause)
    {
        using FakeKernel kernel = new();
        Assert.Equal(cause, TapCreationCauses.Explain(new KernelException(errno, "open /dev/net/tun"), new TapSpecification(), kernel.Reader).Cause);
    }

    [Fact]
    public void A_kernel_without_the_kind()
    {
        using FakeKernel kernel = new();
        Assert.Equal(FailureCause.KindMissing, CreationCauses.Explain(new KernelException(Errno.EOPNOTSUPP, "create", "Unknown device type"), Wanted, kernel.Reader).Cause);
    }

    [Theory]
    [InlineData(Errno.EBUSY, FailureCause.MacAddressFixedWhileUp, "Disable-Link eth0")]
    [InlineData(Errno.ENOBUFS, FailureCause.MemoryExhausted, "Get-Link")]
    [InlineData(Errno.ENOMEM, FailureCause.MemoryExhausted, "Get-Link")]
    public void A_MAC_address_that_the_driver_does_not_change(Errno errno, FailureCause cause, string advice)
    {
        using FakeKernel kernel = new();
        kernel.Add(1, "eth0", null);
        kernel.Refuses = (n, _) => n == 1 ? errno : null;
        LinkEditFailure failed = new LinkEditor(kernel.Conversation, kernel.Reader).Apply([new MacAddressChange(kernel.Get(1), "02:00:00:00:00:09")])!;
        MacvtapException failure = EditCauses.Explain(failed, 1, kernel.Reader);
        Assert.Equal(cause, failure.Cause);
        Assert.Contains(advice, failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_renames_no_link_that_is_on()
    {
        using FakeKernel kernel = new();
        Link link = Make(new LinkRecord { Index = 1, Name = "eth0" });
        MacvtapException failure = NameCauses.ExplainRename(new KernelException(Errno.EBUSY, "rename eth0 to wan"), link, "wan", kernel.Reader);
        Assert.Equal((FailureCause.LinkIsUp, "Disable-Link eth0 first."), (failure.Cause, failure.Advice));
    }

    [Fact]
    public void A_kernel_that_switches_nothing_on_above_a_lower_device_that_is_off()
    {
        using FakeKernel kernel = new();
        Link link = Link.From(new LinkRecord { Index = 3, Name = "m0", Kind = "macvlan", LinkIndex = 1, Macvlan = new MacvlanFacts { Mode = LinkMode.Bridge } }, new LinkNames(null, "eth0", null));
        MacvtapException failure = ChangeCauses.ExplainUp(new KernelException(Errno.ENETDOWN, "switch on m0"), link, kernel.Reader);
        Assert.Equal((FailureCause.LowerDeviceDown, "Enable-Link eth0 first."), (failure.Cause, failure.Advice));
    }

    [Theory]
    [InlineData(Errno.EOPNOTSUPP)]
    [InlineData(Errno.EAFNOSUPPORT)]
    public void A_kernel_without_IPv6(Errno errno)
    {
        Link link = Make(new LinkRecord { Index = 1, Name = "eth0", Mtu = 1500 });
        Assert.Equal(FailureCause.IPv6Missing, AddressCauses.ExplainAdd(new KernelException(errno, "give"), link, IPPrefix.Parse("fd00::1/64")).Cause);
        Assert.Equal(FailureCause.IPv6Missing, RouteCauses.ExplainAdd(new KernelException(errno, "add"), link, RouteClient.Describe(link, RouteBuilder.Build(link, "fd00::/64", null, null, 254, null, false))).Cause);
    }

    [Fact]
    public void A_kernel_that_does_not_answer()
    {
        using FakeKernel kernel = new();
        kernel.Add(1, "eth0", null);
        kernel.Loses = _ => Errno.EAGAIN;
        MacvtapException failure = Assert.Throws<MacvtapException>(() => new LinkChanger(kernel.Conversation, kernel.Reader).SetUp(kernel.Get(1), true));
        Assert.Equal((FailureId.NetlinkTimeout, FailureCause.NoAnswer), (failure.Id, failure.Cause));
        Assert.Contains("not known", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_explains_is_not_guessed()
    {
        using FakeKernel kernel = new();
        MacvtapException failure = CreationCauses.Explain(new KernelException((Errno)107, "create"), Wanted, kernel.Reader);
        Assert.Equal((FailureId.KernelError, FailureCause.Unexplained), (failure.Id, failure.Cause));
        Assert.Contains("dmesg", failure.Advice, StringComparison.Ordinal);
    }

    private static Link Wireless() => Link.From(
        new LinkRecord { Index = 1, Name = "wlan0", Mtu = 1500, HardwareType = Ethernet },
        new LinkNames(null, null, null) { Physical = _ => new PhysicalFacts(null, null, null, null, IsWireless: true) });

    private static Link Make(LinkRecord record, string? master = null) => Link.From(record, new LinkNames(null, null, master));

    private static LinkSnapshot Snapshot(IReadOnlyList<Link> here, IReadOnlyList<Link> elsewhere) => new(here, true, _ => elsewhere);

    /// <summary>Foretold by the check, and explained from the same view.</summary>
    private static MacvtapException Refused(IReadOnlyList<Link> here, IReadOnlyList<Link> elsewhere, Errno errno)
    {
        using FakeKernel kernel = new();
        LinkSnapshot place = Snapshot(here, elsewhere);
        PredictedRefusal refusal = Assert.Throws<PredictedRefusal>(() => MacvlanPreflight.Check(Wanted, place));
        Assert.Equal(errno, refusal.Errno);
        return CreationCauses.Explain(refusal, Wanted, place.Look(1), kernel.Reader);
    }
}
