using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>A PCI card that comes and goes while the guest's system runs: it has to take it, and to give it back.</summary>
[Collection(nameof(Guests))]
public sealed class HotPlugTests
{
    /// <summary>A machine with a port for the card, where the guest's system is told by ACPI or by the port itself; and one that takes cards anywhere on its bus.</summary>
    [Theory]
    [InlineData("q35", null)]
    [InlineData("q35", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off")]
    [InlineData("pc", null)]
    public void A_running_guest_takes_a_card_uses_it_and_gives_it_back(string machine, string? setting)
    {
        bool hasPort = machine == "q35";
        string place = hasPort ? "-DeviceOption @{ bus = 'rp0' }" : "";
        GuestRequires.Program("ip", "busybox", "qemu-system-x86_64");
        GuestRequires.Kernel();
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.KernelDevices();
        using GuestLab lab = new() { Packed = SecondCard.Script() };
        Lab.Ip(lab.Outside, $"address add {SecondCard.Beyond}/24 dev eth0");
        string socket = Path.Combine(lab.Folder, "qmp");
        string[] port = [.. hasPort ? ["-device", "pcie-root-port,id=rp0"] : Array.Empty<string>(), .. setting is null ? [] : new[] { "-global", setting }];
        GuestConsole guest = lab.StartQemu(
            "alpha", "10.99.0.1", GuestLab.OutsideAddress, machine, [.. port, "-qmp", $"unix:{socket},server=on,wait=off"], SecondCard.Words);
        lab.Set("socket", socket);
        Link link = (Link)lab.Run($"$beta = New-MacvtapLink beta eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up; $beta").Single();
        SecondCard.Await(guest, SecondCard.None);

        for (int time = 1; time <= 2; time++)
        {
            lab.Run($"$beta | Add-QemuNetworkDevice $socket {place} | Out-Null");
            SecondCard.Await(guest, link.MacAddress!);
            Assert.True(guest.Reaches(SecondCard.Beyond, expected: true), guest.Text);
            Assert.True(GuestLab.Reaches(lab.Outside, SecondCard.Address, expected: true));
            Assert.Equal(["alpha", "beta"], Cards(lab));
            Assert.Single(Holders(lab));

            lab.Run("Remove-QemuNetworkDevice $socket beta -Timeout 120");
            SecondCard.Await(guest, SecondCard.None);
            Assert.False(GuestLab.Reaches(lab.Outside, SecondCard.Address, expected: false));
            Assert.Equal(["alpha"], Cards(lab));
            Assert.Empty(Holders(lab));
        }

        Assert.True(guest.Reaches(GuestLab.OutsideAddress, expected: true), guest.Text); // its first card never noticed
        lab.Run("$beta | Remove-Link");
    }

    private static IEnumerable<string?> Cards(GuestLab lab) => lab.Run("Get-QemuNetworkDevice $socket").Cast<QemuNetworkDevice>().Select(card => card.Id).Order(StringComparer.Ordinal);

    private static IReadOnlyList<TapHolder> Holders(GuestLab lab) => ((TapDevice)lab.Run("$beta | Get-TapDevice").Single()).Holder!;
}
