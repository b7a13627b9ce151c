using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Links;

public sealed class MacAddressTextTests
{
    [Theory]
    [InlineData("02:00:00:00:00:01")]
    [InlineData("52-54-00-12-34-56")]
    [InlineData("fe00.0000.0001")]
    public void Addresses_that_a_link_may_have(string text) => Assert.Equal(6, MacAddressText.Parse(text).Length);

    [Theory]
    [InlineData("hello", "is not a MAC address", "525400123456")]
    [InlineData("", "is not a MAC address", "525400123456")]
    [InlineData("00:00:00:00:00:00", "zero address", "Leave it out")]
    [InlineData("53:54:00:12:34:56", "multicast", "52:54:00:12:34:56")]
    [InlineData("ff:ff:ff:ff:ff:ff", "multicast", "fe:ff:ff:ff:ff:ff")]
    [InlineData("01:00:00:00:00:00", "multicast", "02:00:00:00:00:00")]
    public void Addresses_that_none_may_have_are_refused_with_advice(string text, string words, string advice)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => MacAddressText.Parse(text));
        Assert.Equal(FailureId.MacAddressInvalid, failure.Id);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.Advice, StringComparison.Ordinal);
        Assert.Equal(text, failure.Target);
    }

    [Fact]
    public void A_list_has_its_addresses_in_order_and_at_most_5400()
    {
        Assert.Equal(["02:00:00:00:00:02", "02:00:00:00:00:01"], SourceAddressList.Parse(["02-00-00-00-00-02", "020000000001"]).Select(a => HardwareAddress.Format(a)));
        Assert.Empty(SourceAddressList.Parse([]));
        string[] most = [.. Enumerable.Range(0, 5400).Select(i => $"0200.0000.{i:x4}")];
        Assert.Equal(5400, SourceAddressList.Parse(most).Count);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => SourceAddressList.Parse([.. most, "020000ffffff"])).Id);
        Assert.Equal(FailureId.MacAddressInvalid, Assert.Throws<MacvtapException>(() => SourceAddressList.Parse(["020000000001", "x"])).Id);
    }
}
