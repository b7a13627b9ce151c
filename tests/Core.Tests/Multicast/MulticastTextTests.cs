using MacvtapTools.Failures;
using MacvtapTools.Multicast;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Multicast;

public sealed class MulticastTextTests
{
    [Theory]
    [InlineData("01:00:5e:00:00:fb", "01:00:5e:00:00:fb")]
    [InlineData("33-33-00-00-00-FB", "33:33:00:00:00:fb")]
    [InlineData("01005e0000fb", "01:00:5e:00:00:fb")]
    [InlineData("224.0.0.251", "01:00:5e:00:00:fb")]
    [InlineData("239.255.255.250", "01:00:5e:7f:ff:fa")]
    [InlineData("239.127.255.250", "01:00:5e:7f:ff:fa")]
    [InlineData("ff02::fb", "33:33:00:00:00:fb")]
    [InlineData("FF02::1:FF12:3456", "33:33:ff:12:34:56")]
    [InlineData("mDNS", "01:00:5e:00:00:fb")]
    [InlineData("MDNS", "01:00:5e:00:00:fb")]
    [InlineData("VRRP", "01:00:5e:00:00:12")]
    [InlineData("IPv6VRRP", "33:33:00:00:00:12")]
    [InlineData("IPv6AllNodes", "33:33:00:00:00:01")]
    [InlineData("LLDP", "01:80:c2:00:00:0e")]
    public void A_group_has_a_mac_address(string text, string expected) => Assert.Equal(expected, HardwareAddress.Format(MulticastText.Parse(text)));

    [Theory]
    [InlineData("52:54:00:12:34:56")]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("10.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("fe80::1")]
    [InlineData("224.1")]
    [InlineData("3758096635")]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("ff02::fb/64")]
    public void What_is_no_group_is_refused_with_advice(string text)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => MulticastText.Parse(text));
        Assert.Equal(FailureId.MacAddressInvalid, failure.Id);
        Assert.NotNull(failure.Advice);
    }

    [Fact]
    public void The_advice_for_an_ipv6_address_is_its_solicited_node_group() =>
        Assert.Contains("ff02::1:ff12:3456", Assert.Throws<MacvtapException>(() => MulticastText.Parse("fd00::5054:ff:fe12:3456")).Advice, StringComparison.Ordinal);

    [Fact]
    public void Every_name_leads_to_a_mac_address_and_back()
    {
        foreach ((string name, _) in MulticastName.All) Assert.Equal(name, MulticastName.Of(HardwareAddress.Format(MulticastText.Parse(name))!));
        Assert.Null(MulticastName.Of("33:33:ff:00:00:01"));
    }

    [Fact]
    public void Origins_are_read_from_procfs_and_odd_lines_passed_over()
    {
        Dictionary<(int, string), bool> origins = MulticastClient.ReadOrigins("2    v1              1     0     333300000001\n4    mvt0            2     1     01005e0000fb\nx y\n5 a b c d\n6 a 1 0 zz\n\n");
        Assert.Equal(2, origins.Count);
        Assert.False(origins[(2, "33:33:00:00:00:01")]);
        Assert.True(origins[(4, "01:00:5e:00:00:fb")]);
    }
}
