using System.Collections.Concurrent;
using System.Diagnostics;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>
/// What a test with guests needs besides the kernel. With MACVTAPTOOLS_GUESTS=install in the environment what is missing is installed from Debian's packages, and the
/// guests' kernel fetched. Without it, or where that fails, the test is skipped and says why.
/// </summary>
internal static class GuestRequires
{
    private const string Switch = "MACVTAPTOOLS_GUESTS";
    private const string Advice = $"set {Switch}=install to install and fetch what guests need (as root, on Debian)";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string> _packages = new(StringComparer.Ordinal)
    {
        ["busybox"] = "busybox-static",
        ["ip"] = "iproute2",
        ["iptables"] = "iptables",
        ["linux.uml"] = "user-mode-linux",
        ["ovs-ofctl"] = "openvswitch-switch",
        ["ovs-vsctl"] = "openvswitch-switch",
        ["ovs-vswitchd"] = "openvswitch-switch",
        ["ovsdb-server"] = "openvswitch-switch",
        ["ovsdb-tool"] = "openvswitch-switch",
        ["qemu-system-x86_64"] = "qemu-system-x86",
        ["vde_plug2tap"] = "vde2",
        ["vde_switch"] = "vde2",
        ["virt-qemu-run"] = "libvirt-daemon-driver-qemu",
    };

    private static readonly ConcurrentDictionary<string, Lazy<string?>> _known = new();

    private static readonly Lazy<string?> _lists = new(static () => Failure("apt-get", "update"));

    /// <summary>The folder of the samples.</summary>
    internal static string Samples { get; } = Path.Combine(Cmdlet.Tests.Repository.Root, "samples");

    /// <summary>What guests start from.</summary>
    internal static GuestFiles Files { get; } = new(Path.Combine(Samples, "lab", "init"));

    private static bool MayInstall => Environment.GetEnvironmentVariable(Switch) == "install";

    /// <summary>Programs of the host.</summary>
    internal static void Program(params IEnumerable<string> names)
    {
        foreach (string name in names)
            Check($"program {name}", () => GuestFiles.FindProgram(name) is not null ? null : Install(name));
    }

    /// <summary>The kernel for QEMU's guests.</summary>
    internal static void Kernel() => Check("kernel", static () =>
    {
        if (Files.HasKernel)
            return null;
        if (!MayInstall)
            return $"The guests' kernel was not fetched yet: {Advice}.";
        try
        {
            Files.FetchKernel();
            return null;
        }
        catch (InvalidOperationException) when (_lists.Value is null)
        {
            return Attempt(Files.FetchKernel);
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    });

    /// <summary>A real shell for the samples.</summary>
    internal static string PowerShell()
    {
        if (GuestFiles.FindProgram("pwsh") is { } path)
            return path;
        Assert.Skip("There is no 'pwsh' on the PATH, so no sample was run. Install PowerShell 7.4 or later: https://aka.ms/powershell");
        return string.Empty;
    }

    private static string? Install(string program)
    {
        string missing = $"The program '{program}' is not on this host";
        if (!_packages.TryGetValue(program, out string? package))
            return $"{missing}.";
        if (!MayInstall)
            return $"{missing} (Debian's package {package}): {Advice}.";
        if (_lists.Value is { } failure)
            return $"{missing}, and Debian's package lists could not be fetched: {failure}";
        // RUNLEVEL: no service starts with the package.
        failure = Failure("env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "install", "--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", package);
        return failure is not null ? $"{missing}, and {package} could not be installed: {failure}" : GuestFiles.FindProgram(program) is null ? $"{missing}, and not in {package}." : null;
    }

    private static string? Failure(params string[] command)
    {
        if (GuestFiles.FindProgram("apt-get") is null)
            return "there is no apt-get.";
        using Process process = Programs.Start(command[0], command[1..]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(); // read, so that it does not wait for a reader
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            return $"it took more than {_patience.TotalMinutes} minutes.";
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? null : Last(errors.GetAwaiter().GetResult()) ?? Last(output.GetAwaiter().GetResult()) ?? $"it ended with {process.ExitCode}.";
    }

    private static string? Last(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();

    private static string? Attempt(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static void Check(string what, Func<string?> probe)
    {
        string? missing = _known.GetOrAdd(what, _ => new Lazy<string?>(probe)).Value;
        if (missing is not null)
            Assert.Skip(missing);
    }
}
