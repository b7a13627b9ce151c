using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

public sealed class AddressErrorTests
{
    private const string Address = "52:54:00:12:34:56";

    [Theory]
    [InlineData("52:54:00:12:34:56")]
    [InlineData("52-54-00-12-34-56")]
    [InlineData("5254.0012.3456")]
    [InlineData("525400123456")]
    public void Every_usual_spelling_is_taken(string text)
    {
        using LinkBench bench = new();
        Assert.Equal(Address, bench.Create(w => w with { MacAddress = text }).MacAddress);
        Assert.Equal(Address, Lab.IpJson(bench.Namespace, "link show m0")[0].GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("01:00:5e:00:00:01", "multicast")]
    [InlineData("ff:ff:ff:ff:ff:ff", "multicast")]
    [InlineData("00:00:00:00:00:00", "zero")]
    [InlineData("52:54:00:12:34", "not a MAC address")]
    [InlineData("52:54:00:12:34:56:78", "not a MAC address")]
    [InlineData("52:54:00:12:34:5g", "not a MAC address")]
    [InlineData("", "not a MAC address")]
    [InlineData("p0", "not a MAC address")]
    public void What_no_link_can_have_is_refused_in_words(string text, string why)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.MacAddressInvalid, w => w with { MacAddress = text });
        Assert.Contains(why, failure.Message);
        Assert.Equal(text, failure.Target);
        bench.RefusedWithAdvice(FailureId.MacAddressInvalid, w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:01", text] });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_address_that_a_sibling_has_is_refused_when_the_link_shall_be_up_at_once(bool inOneMessage)
    {
        // With an address generation the link is made down, finished and switched on in a second exchange: then it stands half made for a moment.
        AddressGeneration? generation = inOneMessage ? null : AddressGeneration.None;
        using LinkBench bench = new();
        bench.Create(w => w with { Name = "first", MacAddress = Address, Up = true });
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.MacAddressInUse, w => w with { MacAddress = "5254.0012.3456", AddressGeneration = generation, Up = true });
        Assert.Contains(Address, failure.Message);
        Assert.Contains("first", failure.Message);
    }

    [Fact]
    public void An_address_that_a_sibling_has_is_noticed_when_the_link_is_switched_on()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Name = "first", MacAddress = Address, Up = true });
        bench.Create(w => w with { MacAddress = Address });
        MacvtapException failure = Assert.Throws<MacvtapException>(() => bench.SetUp("m0"));
        Assert.Equal(FailureId.MacAddressInUse, failure.Id);
        Assert.Contains("first", failure.Message);
        Assert.Contains(Address, failure.Message);
        Assert.NotEmpty(failure.Advice!);
        Assert.Equal(AdministrativeStatus.Down, bench["m0"].AdministrativeStatus);
        bench.SetUp("first", false);
        Assert.Equal(AdministrativeStatus.Up, bench.SetUp("m0").AdministrativeStatus);
    }

    [Fact]
    public void The_lower_devices_own_address_is_refused_too()
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.MacAddressInUse, w => w with { MacAddress = bench.Lower.MacAddress, Up = true });
        Assert.Contains("belongs to p0", failure.Message);
    }

    [Fact]
    public void An_address_of_a_sibling_in_another_namespace_is_blamed_on_it()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        bench.Create(w => w with { Name = "away", MacAddress = Address });
        bench.Ip($"link set away netns {other}");
        Lab.Ip(other, "link set away up");
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.MacAddressInUse, w => w with { MacAddress = Address, Up = true });
        Assert.Contains($"belongs to away in network namespace {other}", failure.Message);
        Assert.Equal(FailureCause.MacAddressOfSibling, failure.Cause);
    }
}
