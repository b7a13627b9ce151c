using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;
using MacvtapTools.Route;
using MacvtapTools.Tests.Diagnosis;
using Xunit;

namespace MacvtapTools.Tests.Preflight;

/// <summary>What is said beforehand of kinds that depend on their lower device by rules of their own, or by rules that are not known: that it shows when it is tried.</summary>
public sealed class KindPreflightTests
{
    private const int Lower = 1;

    [Theory]
    [InlineData("vlan", true, false)]
    [InlineData("vlan", false, true)]
    [InlineData("macsec", true, true)]
    [InlineData("ipvlan", false, false)]
    [InlineData("dummy", false, false)]
    [InlineData(null, false, false)]
    public void Switching_on(string? kind, bool isLowerUp, bool isOpen)
    {
        Link link = OnTop("top0", 7, kind, FakeLinks.SwitchOff);
        Verdict verdict = ChangePreflight.CheckUp(link, true, Place(link, isLowerUp));
        Assert.Equal(isOpen, verdict.Unknown is not null);
        Assert.Equal(Verdict.Accepted, ChangePreflight.CheckUp(link, false, Place(link, isLowerUp)));
    }

    [Theory]
    [InlineData("vlan", 1600, true)]
    [InlineData("vlan", 1400, false)]
    [InlineData("macsec", 1500, true)]
    [InlineData("ipvlan", 1400, false)]
    [InlineData("strange", 1400, true)]
    public void An_MTU(string kind, int mtu, bool isOpen)
    {
        Link link = OnTop("top0", 7, kind, r => r.Mtu = kind == "macsec" ? 1468u : 1500u);
        Verdict verdict = EditPreflight.Check([NumberChange.Mtu(link, mtu)], Place(link, true), f => throw f.Refusal!);
        Assert.Equal(isOpen, verdict.Unknown is not null);
    }

    [Theory]
    [InlineData("macsec", true, false)]
    [InlineData("ipvlan", true, false)]
    [InlineData("vlan", false, false)]
    [InlineData("strange", false, true)]
    public void A_new_macvlan_beside_a_link_of_another_kind(string kind, bool isRefused, bool isOpen)
    {
        LinkSnapshot place = Place(OnTop("top0", 7, kind), true);
        var wanted = new MacvlanSpecification { IsTap = false, Name = "m0", LowerDevice = "eth0", LowerDeviceIndex = Lower };
        if (isRefused) Assert.Equal(Errno.EBUSY, Assert.Throws<PredictedRefusal>(() => MacvlanPreflight.Check(wanted, place)).Errno);
        else Assert.Equal(isOpen, MacvlanPreflight.Check(wanted, place).Unknown?.Contains("top0, of kind strange", StringComparison.Ordinal) == true);
    }

    private static Link OnTop(string name, int index, string? kind, Action<LinkRecord>? change = null) => FakeLinks.Make(name, index, kind, r =>
    {
        r.LinkIndex = kind is null or "dummy" ? null : Lower;
        r.HardwareType = 1;
        change?.Invoke(r);
    });

    private static LinkSnapshot Place(Link link, bool isLowerUp) =>
        new([FakeLinks.Make("eth0", Lower, null, r =>
        {
            r.HardwareType = 1;
            if (!isLowerUp) FakeLinks.SwitchOff(r);
        }), link], true, _ => []);
}
