using MacvtapTools.Kernel.Tests;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>A port of Open vSwitch that sends frames back, for hosts in Vepa mode behind it.</summary>
[Collection(nameof(Guests))]
public sealed class OpenVswitchTests
{
    [Fact]
    public void Hosts_in_vepa_mode_reach_each_other_by_a_port_that_sends_back()
    {
        GuestRequires.Program("ip", "busybox", "ovsdb-tool", "ovsdb-server", "ovs-vswitchd", "ovs-vsctl", "ovs-ofctl");
        Requires.Kind("macvlan");
        using GuestLab lab = new(withBridge: false);
        // The script's switch has ports of its own, sw0-sw1 and far2-far3: sw0 is the device of the hosts, and far2 somebody else.
        using OpenVswitch vswitch = new(lab.Inner, lab.Closet);
        string a = lab.Inner.NewNamespace();
        string b = lab.Inner.NewNamespace();
        lab.Set("a", a);
        lab.Set("b", b);
        lab.Set("db", vswitch.Directory);
        lab.Run("New-MacvlanLink eth0 sw0 Vepa -LowerDeviceNamespace $closet -NetworkNamespace $a -Up; Add-LinkAddress eth0 10.99.0.1/24 -NetworkNamespace $a");
        lab.Run("New-MacvlanLink eth0 sw0 Vepa -LowerDeviceNamespace $closet -NetworkNamespace $b -Up; Add-LinkAddress eth0 10.99.0.2/24 -NetworkNamespace $b");
        lab.Run("Move-Link far2 $outside -NetworkNamespace $closet; Enable-Link far2 -NetworkNamespace $outside; Add-LinkAddress far2 10.99.0.3/24 -NetworkNamespace $outside");
        Lab.Ip(lab.Outside, "link set eth0 down"); // one way only

        Assert.True(GuestLab.Reaches(a, "10.99.0.3", expected: true));
        Assert.False(GuestLab.Reaches(a, "10.99.0.2", expected: false));

        lab.Run("Enable-Hairpin sw1 -NetworkNamespace $closet -OpenVswitchDatabase $db");
        Assert.True(GuestLab.Reaches(a, "10.99.0.2", expected: true));
        Assert.True(GuestLab.Reaches(b, "10.99.0.1", expected: true));

        lab.Run("Disable-Hairpin sw1 -NetworkNamespace $closet -OpenVswitchDatabase $db");
        Assert.False(GuestLab.Reaches(a, "10.99.0.2", expected: false));
        Assert.True(GuestLab.Reaches(a, "10.99.0.3", expected: true));
    }
}
