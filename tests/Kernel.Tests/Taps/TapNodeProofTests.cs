using MacvtapTools.Failures;
using MacvtapTools.Namespaces;
using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>Alone: the next tap device of the whole machine must be this test's.</summary>
[Collection(nameof(Alone))]
public sealed class TapNodeProofTests
{
    // Namespaces of earlier tests go away in the background, and the numbers of their devices with them: then the next device gets one of those.
    private const int Attempts = 50;

    [Fact]
    public void A_device_that_went_away_and_whose_number_another_link_has_is_not_taken_for_it()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        string other = lab.NewNamespace();
        Lab.AddVeth(other, "v0", "v1");
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            TapDevice tap = TapDeviceLocatorTests.Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
            using (sysfs)
            {
                Lab.Ip(name, "link delete mvt0");
                Lab.AddMacvtap(other, "mvt0", "v0", index);
                TapDevice successor = TapDeviceLocatorTests.Locate(other, "mvt0", index, out NamespaceSysfs otherSysfs);
                otherSysfs.Dispose();
                if (successor.Device == tap.Device)
                {
                    // Path and number agree with the snapshot; only the link's own sysfs tells.
                    Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(tap, sysfs)).Id);
                    return;
                }
            }

            Lab.Ip(other, "link delete mvt0");
            Lab.AddMacvtap(name, "mvt0", "v0", index);
        }

        Assert.Skip($"The kernel never gave the number of a deleted tap device to the next one in {Attempts} attempts: something else on this host makes some.");
    }
}
