using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>A real libvirtd: a guest on a macvtap that is there, which changes its mode under it, and another one that is attached and detached while it runs.</summary>
[Collection(nameof(Guests))]
public sealed class LibvirtdTests
{
    [Fact]
    public void A_guest_of_libvirtd_uses_macvtaps_that_are_there_and_gives_them_back()
    {
        GuestRequires.Program("ip", "busybox", "unshare", "nsenter", "libvirtd", "virsh", "qemu-system-x86_64");
        GuestRequires.Kernel();
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.KernelDevices();
        using GuestLab lab = new() { Packed = SecondCard.Script() };
        Lab.Ip(lab.Outside, $"address add {SecondCard.Beyond}/24 dev eth0");
        using Libvirtd libvirtd = new(lab.Machine, lab.Folder);
        lab.Run($"$alpha = New-MacvtapLink alpha eth0 Vepa -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up");
        Link beta = (Link)lab.Run($"$beta = New-MacvtapLink beta eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up; $beta").Single();
        string console = Path.Combine(lab.Folder, "alpha.log");
        libvirtd.Virsh("create", Write(lab, "domain.xml", Domain(lab, (string)lab.Run("$alpha | ConvertTo-LibvirtXml -Existing").Single(), console)));
        GuestConsole guest = new("alpha", console);
        SecondCard.Await(guest, SecondCard.None);
        Assert.True(guest.Reaches(GuestLab.OutsideAddress, expected: true), guest.Text);

        // What libvirt cannot do, under its feet.
        lab.Run("Set-LinkMode alpha Private -NetworkNamespace $machine");
        Assert.True(guest.Reaches(GuestLab.OutsideAddress, expected: true), guest.Text);

        string card = Write(lab, "card.xml", (string)lab.Run("$beta | ConvertTo-LibvirtXml -Existing").Single());
        libvirtd.Virsh("attach-device", "alpha", card);
        SecondCard.Await(guest, beta.MacAddress!);
        Assert.True(guest.Reaches(SecondCard.Beyond, expected: true), guest.Text);
        Assert.Equal(["alpha", "beta"], Held(lab));
        lab.Set("xml", libvirtd.Virsh("dumpxml", "alpha"));
        Assert.Equal(2, lab.Run("$xml | ConvertFrom-LibvirtXml -All").Count);

        libvirtd.Virsh("detach-device", "alpha", card);
        SecondCard.Await(guest, SecondCard.None);
        AwaitHeld(lab, "alpha");
        libvirtd.Virsh("destroy", "alpha");
        AwaitHeld(lab);
        Assert.Equal(["alpha", "beta"], lab.Run("Get-Link -Kind macvtap -NetworkNamespace $machine").Cast<Link>().Select(l => l.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>The macvtaps that somebody has open.</summary>
    private static IEnumerable<string> Held(GuestLab lab) =>
        lab.Run("Get-TapDevice alpha, beta -NetworkNamespace $machine").Cast<TapDevice>().Where(t => t.Holder!.Count > 0).Select(t => t.Name!).Order(StringComparer.Ordinal);

    /// <summary>libvirt closes what a guest gave back when QEMU has said so, a little after the guest.</summary>
    private static void AwaitHeld(GuestLab lab, params string[] names)
    {
        for (long end = Environment.TickCount64 + 60_000; !Held(lab).SequenceEqual(names); Thread.Sleep(100))
            Assert.True(Environment.TickCount64 < end, $"Held: {string.Join(", ", Held(lab))}");
    }

    private static string Write(GuestLab lab, string name, string text)
    {
        string path = Path.Combine(lab.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Domain(GuestLab lab, string card, string console) => $"""
        <domain type='qemu'>
          <name>alpha</name><memory unit='MiB'>96</memory><cpu mode='maximum'/><features><acpi/></features>
          <os><type arch='x86_64' machine='q35'>hvm</type><kernel>{GuestRequires.Files.Kernel}</kernel><initrd>{lab.RamDisk("qemu.cpio", withModules: true)}</initrd>
            <cmdline>console=ttyS0 quiet name=alpha address=10.99.0.1/24 ping={GuestLab.OutsideAddress} {SecondCard.Words}</cmdline></os>
          <devices>
            <controller type='usb' model='none'/><memballoon model='none'/>
            {card}
            <serial type='file'><source path='{console}'/></serial>
          </devices>
        </domain>
        """;
}
