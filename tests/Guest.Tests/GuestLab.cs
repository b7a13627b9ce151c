using MacvtapTools.Cmdlet.Tests;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>
/// A machine with eth0, a closet with a switch of two ports, and somebody outside, as the samples have it. What the module does is done with the shipped cmdlets in the
/// stand-in; what was there before is made with <c>ip</c>.
/// </summary>
internal sealed class GuestLab : IDisposable
{
    /// <summary>The machine's own address on eth0.</summary>
    internal const string MachineAddress = "10.99.0.100";

    /// <summary>The address of the one outside.</summary>
    internal const string OutsideAddress = "10.99.0.254";

    private readonly Lab _lab = new();
    private readonly Shell _shell = ShippedModule.NewShell();
    private readonly List<TapProcess> _guests = [];
    private readonly List<TapRelay> _relays = [];

    /// <summary>Makes it.</summary>
    /// <param name="withBridge">Whether the switch is a bridge of the kernel; without it the ports are free.</param>
    internal GuestLab(bool withBridge = true)
    {
        Machine = _lab.NewNamespace();
        Closet = _lab.NewNamespace();
        Outside = _lab.NewNamespace();
        Folder = Directory.CreateTempSubdirectory("mvtt-guests-").FullName;
        Lab.AddVeth(Machine, "eth0", "port1", Closet);
        Lab.AddVeth(Outside, "eth0", "port2", Closet);
        if (withBridge)
            Lab.AddBridge(Closet, "switch", "port1", "port2");
        Lab.Ip(Machine, $"address add {MachineAddress}/24 dev eth0");
        Lab.Ip(Outside, $"address add {OutsideAddress}/24 dev eth0");
    }

    internal string Machine { get; }

    internal string Closet { get; }

    internal string Outside { get; }

    /// <summary>A folder for consoles and sockets.</summary>
    internal string Folder { get; }

    /// <summary>The lab below, for what else has to be made.</summary>
    internal Lab Inner => _lab;

    /// <summary>Further files for the guests that are started after this is set, by their paths in the guest.</summary>
    internal IReadOnlyDictionary<string, byte[]>? Packed { get; set; }

    /// <summary>Runs lines with the module's cmdlets, with $machine, $closet and $outside; no line may fail.</summary>
    internal IReadOnlyList<object> Run(string script)
    {
        _shell.SetVariable("machine", Machine);
        _shell.SetVariable("closet", Closet);
        _shell.SetVariable("outside", Outside);
        ShellResult result = _shell.Invoke(script);
        Assert.False(result.HadErrors, $"{script}: {string.Join(" / ", result.Errors.Select(error => error.ToString()))} {result.TerminatingException?.Message}");
        return result.Objects<object>();
    }

    /// <summary>Makes a variable for <see cref="Run"/>.</summary>
    internal void Set(string name, object value) => _shell.SetVariable(name, value);

    /// <summary>Starts a guest of QEMU on a macvtap of its own with the guest's name.</summary>
    /// <param name="name">The guest's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="pings">Whom it pings, with commas between.</param>
    /// <param name="machine">QEMU's machine.</param>
    /// <param name="more">Further arguments of QEMU.</param>
    /// <param name="say">Further words for the guest's kernel command line.</param>
    internal GuestConsole StartQemu(string name, string address, string pings, string machine = "q35", IEnumerable<string>? more = null, string say = "")
    {
        AddMacvtap(name);
        object[] card = [.. Run("$link | ConvertTo-QemuArgument -DeviceOption @{ romfile = '' }")];
        Set("arguments", (string[])[
            "-machine", machine, "-cpu", "max", "-m", "96", "-nodefaults", "-display", "none", "-no-reboot", "-serial", "stdio",
            "-kernel", GuestRequires.Files.Kernel, "-initrd", RamDisk("qemu.cpio", withModules: true),
            "-append", $"console=ttyS0 quiet name={name} address={address}/24 ping={pings} {say}".TrimEnd(),
            .. more ?? [], .. card.Cast<string>()]);
        return Start("$link | Start-TapProcess qemu-system-x86_64 $arguments", name);
    }

    /// <summary>Starts a guest of User-mode Linux on a macvtap of its own with the guest's name, by a relay.</summary>
    /// <param name="name">The guest's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="pings">Whom it pings, with commas between.</param>
    internal GuestConsole StartUml(string name, string address, string pings)
    {
        AddMacvtap(name);
        _relays.Add((TapRelay)Run("$relay = $link | Start-TapRelay; $relay").Single());
        return StartUml(name, address, pings, "$relay", "$relay");
    }

    /// <summary>Starts a guest of User-mode Linux.</summary>
    /// <param name="name">The guest's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="pings">Whom it pings, with commas between.</param>
    /// <param name="card">What its card is made of, as a variable of the shell.</param>
    /// <param name="tap">What the program gets opened, as a variable of the shell.</param>
    internal GuestConsole StartUml(string name, string address, string pings, string card, string tap)
    {
        object argument = Assert.Single(Run($"ConvertTo-UmlArgument {card}"));
        Set("arguments", (string[])[
            "mem=64M", $"initrd={RamDisk("uml.cpio", withModules: false)}", $"uml_dir={Folder}", $"umid={name}", "con=null", "con0=null,fd:1", "quiet", (string)argument,
            $"name={name}", $"address={address}/24", $"ping={pings}"]);
        return Start($"Start-TapProcess linux.uml $arguments {tap}", name);
    }

    /// <summary>Starts a guest by a line that gives one process.</summary>
    internal GuestConsole Start(string line, string name)
    {
        string console = Path.Combine(Folder, $"{name}.log");
        TapProcess process = Assert.IsType<TapProcess>(Assert.Single(Run($"{line} -StandardOutputPath {console}")));
        _guests.Add(process);
        return new GuestConsole(name, console);
    }

    /// <summary>Whether somebody in a namespace reaches an address.</summary>
    /// <param name="from">The namespace.</param>
    /// <param name="address">The address.</param>
    /// <param name="expected">What is expected: an answer has ten pings, silence is believed after two.</param>
    internal static bool Reaches(string from, string address, bool expected)
    {
        for (int tries = expected ? 10 : 2; tries > 0; tries--)
        {
            if (Programs.Try("ip", "netns", "exec", from, "busybox", "ping", "-c", "1", "-W", "1", address).ExitCode == 0)
                return true;
        }

        return false;
    }

    /// <summary>Ends the guests.</summary>
    internal void EndGuests()
    {
        foreach (TapProcess guest in _guests)
            guest.Stop(TimeSpan.FromSeconds(10));
    }

    /// <summary>Ends the guests, and removes everything.</summary>
    public void Dispose()
    {
        EndGuests();
        foreach (TapRelay relay in _relays)
            relay.Dispose();
        _lab.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void AddMacvtap(string name) => Run($"$link = New-MacvtapLink {name} eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up");

    /// <summary>The RAM disk of the guests, made when it is first asked for.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="withModules">Whether QEMU's guests start from it.</param>
    internal string RamDisk(string file, bool withModules)
    {
        string path = Path.Combine(Folder, file);
        return File.Exists(path) ? path : GuestRequires.Files.WriteRamDisk(path, withModules, Packed);
    }
}
