using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>A PCI card that comes and goes while the guest's system runs: it has to take it, and to give it back.</summary>
[Collection(nameof(Guests))]
public sealed class HotPlugTests
{
    private const string Inside = "10.98.0.1";
    private const string Beyond = "10.98.0.254";
    private const string None = "none";

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
        using GuestLab lab = new() { Packed = new Dictionary<string, byte[]> { ["script"] = File.ReadAllBytes(GuestRequires.Script("hotplug.sh")) } };
        Lab.Ip(lab.Outside, $"address add {Beyond}/24 dev eth0");
        string socket = Path.Combine(lab.Folder, "qmp");
        string[] port = [.. hasPort ? ["-device", "pcie-root-port,id=rp0"] : Array.Empty<string>(), .. setting is null ? [] : new[] { "-global", setting }];
        GuestConsole guest = lab.StartQemu(
            "alpha", "10.99.0.1", GuestLab.OutsideAddress, machine, [.. port, "-qmp", $"unix:{socket},server=on,wait=off"], $"second={Inside}/24 beyond={Beyond}");
        lab.Set("socket", socket);
        Link link = (Link)lab.Run($"$beta = New-MacvtapLink beta eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up; $beta").Single();
        AwaitCard(guest, None);

        for (int time = 1; time <= 2; time++)
        {
            lab.Run($"$beta | Add-QemuNetworkDevice $socket {place} | Out-Null");
            AwaitCard(guest, link.MacAddress!);
            Assert.True(guest.Reaches(Beyond, expected: true), guest.Text);
            Assert.True(GuestLab.Reaches(lab.Outside, Inside, expected: true));
            Assert.Equal(["alpha", "beta"], Cards(lab));
            Assert.Single(Holders(lab));

            lab.Run("Remove-QemuNetworkDevice $socket beta -Timeout 120");
            AwaitCard(guest, None);
            Assert.False(GuestLab.Reaches(lab.Outside, Inside, expected: false));
            Assert.Equal(["alpha"], Cards(lab));
            Assert.Empty(Holders(lab));
        }

        Assert.True(guest.Reaches(GuestLab.OutsideAddress, expected: true), guest.Text); // its first card never noticed
        lab.Run("$beta | Remove-Link");
    }

    private static IEnumerable<string?> Cards(GuestLab lab) => lab.Run("Get-QemuNetworkDevice $socket").Cast<QemuNetworkDevice>().Select(card => card.Id).Order(StringComparer.Ordinal);

    private static IReadOnlyList<TapHolder> Holders(GuestLab lab) => ((TapDevice)lab.Run("$beta | Get-TapDevice").Single()).Holder!;

    /// <summary>Waits until the guest says that it has a card with that address, or none.</summary>
    private static void AwaitCard(GuestConsole guest, string address)
    {
        guest.AwaitReady();
        for (long end = Environment.TickCount64 + 300_000; LastCard(guest) != address; Thread.Sleep(50))
            Assert.True(Environment.TickCount64 < end, $"Waited for the card {address}. {guest.Text}");
    }

    private static string? LastCard(GuestConsole guest) =>
        guest.Text.Split('\n').SkipLast(1).Select(line => line.TrimEnd('\r').Split(' ')).LastOrDefault(words => words is ["alpha", _, "card", _])?[3];
}
