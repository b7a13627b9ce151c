using System.Text.RegularExpressions;
using MacvtapTools.Kernel.Tests;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>Every sample keeps its promises in a real shell, and leaves nothing.</summary>
[Collection(nameof(Guests))]
public sealed partial class SampleTests
{
    // What a sample needs besides ip and busybox, and how many promises it keeps.
    private static readonly Dictionary<string, (string[] Programs, string[] Kinds, bool NeedsKernel, int Promises)> _samples = new(StringComparer.Ordinal)
    {
        ["container.ps1"] = ([], ["macvlan"], false, 6),
        ["host-and-guest.ps1"] = (["qemu-system-x86_64"], ["macvtap", "macvlan"], true, 7),
        ["libvirt.ps1"] = (["virt-qemu-run", "qemu-system-x86_64"], ["macvtap"], true, 7),
        ["openvswitch.ps1"] = (["ovsdb-tool", "ovsdb-server", "ovs-vswitchd", "ovs-vsctl", "ovs-ofctl"], ["macvlan"], false, 8),
        ["qemu.ps1"] = (["qemu-system-x86_64"], ["macvtap"], true, 12),
        ["relay.ps1"] = (["qemu-system-x86_64"], ["macvtap", "macvlan"], true, 11),
        ["routed.ps1"] = (["iptables"], [], false, 9),
        ["throughput.ps1"] = (["iperf3", "ethtool", "ovsdb-tool", "ovsdb-server", "ovs-vswitchd", "ovs-vsctl", "vde_switch", "vde_plug2tap"], ["macvlan"], false, 6),
        ["uml.ps1"] = (["linux.uml"], ["macvlan"], false, 8),
        ["vde.ps1"] = (["vde_switch", "vde_plug2tap"], ["tun"], false, 3),
    };

    public static TheoryData<string> Names => [.. _samples.Keys];

    [Fact]
    public void Every_sample_is_tried()
    {
        IEnumerable<string> samples = Directory.GetFiles(GuestRequires.Samples, "*.ps1").Select(path => Path.GetFileName(path)).Where(name => name != "tour.ps1");
        Assert.Equal(_samples.Keys.Order(StringComparer.Ordinal), samples.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_keeps_its_promises_and_leaves_nothing(string name)
    {
        (string[] programs, string[] kinds, bool needsKernel, int promises) = _samples[name];
        string shell = GuestRequires.PowerShell();
        GuestRequires.Program(["ip", "busybox", .. programs]);
        foreach (string kind in kinds.Append("veth").Append("bridge"))
            RequireKind(kind);
        if (needsKernel)
            GuestRequires.Kernel();

        (Programs.Outcome outcome, int id) = Run(shell, Path.Combine(GuestRequires.Samples, name));

        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.ErrorOutput);
        Assert.Empty(outcome.ErrorOutput);
        Assert.Equal(promises, Promise.Count(outcome.Output));
        AssertNothingIsLeft(id);
    }

    [Fact]
    public void A_promise_that_is_not_kept_ends_a_sample_with_1_and_leaves_nothing()
    {
        string shell = GuestRequires.PowerShell();
        GuestRequires.Program("ip", "busybox");
        RequireKind("bridge");
        string path = Path.Combine(GuestRequires.Samples, $"{Lab.OwnPrefix}broken.ps1");
        // The container sample with its first expectation turned round.
        File.WriteAllText(path, new Regex(@"^(\s*Confirm-Reach .*)$", RegexOptions.Multiline).Replace(File.ReadAllText(Path.Combine(GuestRequires.Samples, "container.ps1")), "$1 -Not", 1));
        try
        {
            (Programs.Outcome outcome, int id) = Run(shell, path);
            Assert.Equal(1, outcome.ExitCode);
            Assert.Contains("Promise broken. web reaches 10.99.0.254: yes", outcome.ErrorOutput, StringComparison.Ordinal);
            AssertNothingIsLeft(id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (Programs.Outcome Outcome, int Id) Run(string shell, string path)
    {
        using System.Diagnostics.Process process = Programs.Start(shell, ["-NoProfile", "-NonInteractive", "-File", path]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(20)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{path} did not end within twenty minutes.");
        }

        process.WaitForExit();
        return (new Programs.Outcome(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult()), process.Id);
    }

    // Everything of a sample has its process id in its name: namespaces, the folder, and with the folder the command lines of its programs.
    private static void AssertNothingIsLeft(int id)
    {
        string prefix = $"mvsample-{id}";
        Assert.Empty(Directory.GetFiles("/run/netns", prefix + "*"));
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), prefix + "*"));
        Assert.DoesNotContain(Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])), path => CommandLine(path).Contains(prefix, StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return string.Empty; // it ended meanwhile
        }
    }

    private static void RequireKind(string kind)
    {
        if (kind != "tun")
            Requires.Kind(kind);
        else if (!File.Exists("/dev/net/tun"))
            Assert.Skip("There is no /dev/net/tun: load the module 'tun' on the host.");
    }

    [GeneratedRegex("^kept: ", RegexOptions.Multiline)]
    private static partial Regex Promise { get; }
}
