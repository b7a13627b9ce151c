using System.Diagnostics;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>Two guests of User-mode Linux on macvlans of one device: they need no emulation, and no fetched kernel.</summary>
[Collection(nameof(Guests))]
public sealed class UmlTests : IDisposable
{
    private const string Alpha = "10.99.0.1";
    private const string Beta = "10.99.0.2";

    private readonly List<Process> _guests = [];
    private GuestLab? _lab;

    public void Dispose()
    {
        foreach (Process guest in _guests)
        {
            Programs.Try("kill", "-TERM", $"{guest.Id}");
            if (!guest.WaitForExit(TimeSpan.FromSeconds(10)))
                guest.Kill(entireProcessTree: true);
            guest.Dispose();
        }

        _lab?.Dispose();
    }

    [Fact]
    public void Guests_reach_whom_their_mode_lets_them_reach()
    {
        GuestRequires.Program("ip", "busybox", "linux.uml");
        Requires.Kind("macvlan");
        Requires.Kind("bridge");
        _lab = new GuestLab();
        GuestConsole alpha = Start(_lab, "alpha", Alpha, Beta);
        GuestConsole beta = Start(_lab, "beta", Beta, Alpha);

        beta.AwaitReady();
        Assert.True(alpha.Reaches(Beta, expected: true), alpha.Text); // Bridge
        Assert.True(beta.Reaches(GuestLab.OutsideAddress, expected: true), beta.Text);

        _lab.Run("Set-LinkMode vm0 Vepa -NetworkNamespace $alpha; Set-LinkMode vm0 Vepa -NetworkNamespace $beta");
        Assert.False(alpha.Reaches(Beta, expected: false), alpha.Text);
        _lab.Run("Enable-Hairpin port1 -NetworkNamespace $closet");
        Assert.True(alpha.Reaches(Beta, expected: true), alpha.Text);

        _lab.Run("Set-LinkMode vm0 Private -NetworkNamespace $alpha; Set-LinkMode vm0 Private -NetworkNamespace $beta");
        Assert.False(beta.Reaches(Alpha, expected: false), beta.Text);
        Assert.True(beta.Reaches(GuestLab.OutsideAddress, expected: true), beta.Text);
    }

    private GuestConsole Start(GuestLab lab, string name, string address, string other)
    {
        string disk = Path.Combine(lab.Folder, "uml.cpio");
        if (!File.Exists(disk))
            GuestRequires.Files.WriteRamDisk(disk, withModules: false);
        string place = lab.Inner.NewNamespace();
        lab.Set(name, place);
        lab.Run($"$link = New-MacvlanLink vm0 eth0 Bridge -LowerDeviceNamespace $machine -NetworkNamespace ${name} -Up");
        string console = Path.Combine(lab.Folder, $"{name}.log");
        _guests.Add(Programs.Start("sh",
        [
            "-c", $"exec \"$@\" </dev/null >{console} 2>&1", "sh", "ip", "netns", "exec", place, "linux.uml",
            "mem=64M", $"initrd={disk}", $"uml_dir={lab.Folder}", $"umid={name}", "con=null", "con0=null,fd:1", "quiet",
            .. lab.Run("$link | ConvertTo-UmlArgument -Depth 128 -Gro").Cast<string>(),
            $"name={name}", $"address={address}/24", $"ping={other},{GuestLab.OutsideAddress}",
        ]));
        return new GuestConsole(name, console);
    }
}
