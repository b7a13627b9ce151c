using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Core.Tests.Namespaces;

public sealed class SharedSysfsTests
{
    private static readonly Dictionary<string, string> _shown = new() { ["lo"] = "000000000000", ["eth0"] = "52540012ab56" };

    [Fact]
    public void The_same_links_with_the_same_addresses_agree()
    {
        Assert.True(SharedSysfs.Agree(_shown, new Dictionary<string, string> { ["eth0"] = "52540012AB56", ["lo"] = "000000000000" }));
        Assert.True(SharedSysfs.Agree(_shown, new Dictionary<string, string> { ["eth0"] = "52540012AB56", ["lo"] = "" }));
    }

    [Fact]
    public void Another_address_a_missing_or_an_additional_link_do_not()
    {
        Assert.False(SharedSysfs.Agree(_shown, new Dictionary<string, string> { ["eth0"] = "52540012AB57", ["lo"] = "" }));
        Assert.False(SharedSysfs.Agree(_shown, new Dictionary<string, string> { ["lo"] = "" }));
        Assert.False(SharedSysfs.Agree(_shown, new Dictionary<string, string> { ["eth0"] = "52540012AB56", ["lo"] = "", ["eth1"] = "02" }));
        Assert.False(SharedSysfs.Agree(_shown, new Dictionary<string, string> { ["eth1"] = "52540012AB56", ["lo"] = "" }));
    }
}
