using MacvtapTools.Addresses;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Tests.Addresses;

public sealed class IPPrefixTests
{
    [Theory]
    [InlineData("10.0.0.1/24", "10.0.0.1/24", "10.0.0.0/24")]
    [InlineData("10.0.0.1", "10.0.0.1/32", "10.0.0.1/32")]
    [InlineData("255.255.255.255/0", "255.255.255.255/0", "0.0.0.0/0")]
    [InlineData("10.255.255.255/9", "10.255.255.255/9", "10.128.0.0/9")]
    [InlineData("fd00::1/64", "fd00::1/64", "fd00::/64")]
    [InlineData("FD00:0:0:0:0:0:0:1", "fd00::1/128", "fd00::1/128")]
    [InlineData("fdff::/9", "fdff::/9", "fd80::/9")]
    [InlineData("::ffff:10.0.0.1/96", "::ffff:10.0.0.1/96", "::ffff:0:0/96")]
    public void An_address_is_read_written_and_cut_at_its_prefix(string text, string written, string network)
    {
        var prefix = IPPrefix.Parse(text);
        Assert.Equal((written, network), (prefix.ToString(), prefix.Network().ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/24")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/+1")]
    [InlineData("10.0.0.1/ 1")]
    [InlineData("10.0.0.1/24/24")]
    [InlineData("fd00::1/129")]
    [InlineData("fd00::1/99999999999")]
    [InlineData("10.1")]
    [InlineData("10.0.0.010")]
    [InlineData("0x0a000001")]
    [InlineData("167772161")]
    [InlineData("256.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[fd00::1]")]
    [InlineData("fd00:::1")]
    [InlineData("10.0.0.1 ")]
    [InlineData("eth0")]
    public void What_is_no_address_is_refused(string text) => Assert.Equal(FailureId.AddressInvalid, Assert.Throws<MacvtapException>(() => IPPrefix.Parse(text)).Id);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::/0")]
    [InlineData("224.0.0.1/24")]
    [InlineData("ff02::1/64")]
    public void What_no_link_can_have_is_refused_for_links(string text)
    {
        _ = IPPrefix.Parse(text);
        Assert.Equal(FailureId.AddressInvalid, Assert.Throws<MacvtapException>(() => IPPrefix.ParseForLink(text)).Id);
    }

    [Theory]
    [InlineData("default", IPFamily.IPv4, "0.0.0.0/0")]
    [InlineData("Default", IPFamily.IPv6, "::/0")]
    [InlineData("0.0.0.0/0", IPFamily.IPv6, "0.0.0.0/0")]
    [InlineData("10.0.0.0/8", IPFamily.IPv4, "10.0.0.0/8")]
    [InlineData("fd00::1", IPFamily.IPv4, "fd00::1/128")]
    public void A_destination_is_a_network_or_default(string text, IPFamily family, string expected) => Assert.Equal(expected, IPPrefix.ParseDestination(text, family).ToString());

    [Fact]
    public void An_address_in_a_network_is_no_destination_and_the_advice_has_both()
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => IPPrefix.ParseDestination("10.0.0.5/24", IPFamily.IPv4));
        Assert.Equal(FailureId.AddressInvalid, failure.Id);
        Assert.Contains("10.0.0.0/24", failure.Advice, StringComparison.Ordinal);
        Assert.Contains("10.0.0.5", failure.Advice, StringComparison.Ordinal);
    }
}
