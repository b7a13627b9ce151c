using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>Two guests of QEMU on macvtaps of one device, in every mode; both go on running while the mode changes.</summary>
[Collection(nameof(Guests))]
public sealed class QemuTests
{
    private const string Alpha = "10.99.0.1";
    private const string Beta = "10.99.0.2";

    [Fact]
    public void Guests_reach_whom_their_mode_lets_them_reach()
    {
        GuestRequires.Program("ip", "busybox", "qemu-system-x86_64");
        GuestRequires.Kernel();
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.KernelDevices();
        using GuestLab lab = new();
        GuestConsole alpha = lab.StartQemu("alpha", Alpha, $"{Beta},{GuestLab.OutsideAddress}");
        GuestConsole beta = lab.StartQemu("beta", Beta, $"{Alpha},{GuestLab.OutsideAddress}");

        beta.AwaitReady();
        AssertReaches(alpha, Beta); // Bridge
        AssertReaches(beta, GuestLab.OutsideAddress);
        Assert.True(GuestLab.Reaches(lab.Outside, Alpha, expected: true));
        Assert.False(GuestLab.Reaches(lab.Machine, Alpha, expected: false));

        lab.Run("Set-LinkMode alpha, beta Vepa -NetworkNamespace $machine");
        AssertDoesNotReach(alpha, Beta);
        AssertReaches(alpha, GuestLab.OutsideAddress);

        lab.Run("Enable-Hairpin port1 -NetworkNamespace $closet");
        AssertReaches(alpha, Beta);
        AssertReaches(beta, Alpha);
        Assert.True(GuestLab.Reaches(lab.Machine, Alpha, expected: true));

        lab.Run("Set-LinkMode alpha, beta Private -NetworkNamespace $machine");
        AssertDoesNotReach(alpha, Beta);
        AssertReaches(alpha, GuestLab.OutsideAddress);
    }

    private static void AssertReaches(GuestConsole guest, string address) => Assert.True(guest.Reaches(address, expected: true), guest.Text);

    private static void AssertDoesNotReach(GuestConsole guest, string address) => Assert.False(guest.Reaches(address, expected: false), guest.Text);
}
