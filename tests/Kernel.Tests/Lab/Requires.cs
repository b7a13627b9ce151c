using System.Collections.Concurrent;
using Xunit;

namespace MacvtapTools.Kernel.Tests;

/// <summary>
/// What a test needs of the host. Tried out, never guessed from a version or a user id, and remembered. Where it is missing the test is skipped with what was
/// missing, what the system said, and what would help.
/// </summary>
internal static class Requires
{
    private static readonly ConcurrentDictionary<string, Lazy<string?>> _known = new();

    /// <summary>A program of the host.</summary>
    internal static void Program(string name) =>
        Check($"program {name}", () => Programs.Find(name) is null ? Missing(name) : null);

    /// <summary>The right to make network namespaces and to register them.</summary>
    internal static void NetworkNamespaces()
    {
        Program("ip");
        Check("network namespaces", static () =>
        {
            string name = $"{LabLeftovers.Prefix}{Environment.ProcessId}-probe";
            Programs.Outcome outcome = Programs.Try("ip", "netns", "add", name);
            if (outcome.ExitCode != 0)
                return $"No network namespaces here ({outcome.ErrorOutput.Trim()}): run as root, or in a container with --privileged.";
            Programs.Run("ip", "netns", "delete", name);
            return null;
        });
    }

    /// <summary>A kind of link that the kernel knows, or can load.</summary>
    internal static void Kind(string kind) => Check($"kind {kind}", () =>
    {
        using Lab lab = new();
        string networkNamespace = lab.NewNamespace();
        string lower = "";
        if (kind is "macvtap" or "macvlan" or "ipvlan" or "ipvtap" or "vlan")
        {
            Kind("veth");
            Lab.AddVeth(networkNamespace, "v0", "v1");
            lower = "link v0 ";
        }

        string options = kind is "vlan" ? " id 2" : "";
        Programs.Outcome outcome = Programs.Try("ip", $"-n {networkNamespace} link add {lower}name probe0 type {kind}{options}".Split(' '));
        return outcome.ExitCode == 0 ? null : $"The kernel has no links of kind {kind} ({outcome.ErrorOutput.Trim()}): load the module '{kind}' on the host.";
    });

    /// <summary>The right to make device nodes, and a /dev where they work.</summary>
    internal static void DeviceNodes() => Check("device nodes", static () =>
    {
        string path = $"/dev/{LabLeftovers.Prefix}{Environment.ProcessId}-probe";
        Programs.Outcome outcome = Programs.Try("mknod", path, "c", "1", "3");
        if (outcome.ExitCode != 0)
            return $"No device nodes can be made in /dev ({outcome.ErrorOutput.Trim()}): CAP_MKNOD is needed, and a /dev mounted without nodev.";
        try
        {
            using FileStream node = File.OpenRead(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"Device nodes in /dev cannot be opened ({exception.Message}): mount it without nodev.";
        }
        finally
        {
            File.Delete(path);
        }
    });

    /// <summary>That the kernel's own /dev (devtmpfs) is there: only in it nodes appear by themselves.</summary>
    internal static void KernelDevices() => Check("devtmpfs", static () =>
        File.ReadLines("/proc/self/mounts").Any(line => line.Split(' ') is [_, "/dev", "devtmpfs", ..])
            ? null
            : "/dev is not the kernel's (devtmpfs), so tap nodes do not appear in it: run on the host, or in a container with -v /dev:/dev.");

    /// <summary>Classic tun and tap links, which are made through a device node and not as other kinds are.</summary>
    internal static void ClassicTaps() => Check("classic taps", static () =>
    {
        using Lab lab = new();
        Programs.Outcome outcome = Programs.Try("ip", "-n", lab.NewNamespace(), "tuntap", "add", "probe0", "mode", "tap");
        return outcome.ExitCode == 0 ? null : $"No classic tap links here ({outcome.ErrorOutput.Trim()}): load the module 'tun', and pass /dev/net/tun into the container.";
    });

    /// <summary>The right to become another user, for one thread or a child process.</summary>
    internal static void OtherUsers() => Check("other users", static () =>
    {
        if (Programs.Find("setpriv") is null) return Missing("setpriv");
        Programs.Outcome outcome = Programs.Try("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "true");
        return outcome.ExitCode == 0 ? null : $"This process cannot become another user ({outcome.ErrorOutput.Trim()}): CAP_SETUID and CAP_SETGID are needed.";
    });

    /// <summary>User namespaces with a network namespace in them, without a mount namespace.</summary>
    internal static void UserNamespaces() => Check("user namespaces", static () =>
    {
        if (Programs.Find("unshare") is null) return Missing("unshare");
        Programs.Outcome outcome = Programs.Try("unshare", "-Urn", "true");
        return outcome.ExitCode == 0
            ? null
            : $"No user namespaces here ({outcome.ErrorOutput.Trim()}): see /proc/sys/user/max_user_namespaces and kernel.apparmor_restrict_unprivileged_userns.";
    });

    private static string Missing(string program) => $"The program '{program}' is not on this host: install it ('ip' is in iproute2).";

    private static void Check(string what, Func<string?> probe)
    {
        string? missing = _known.GetOrAdd(what, _ => new Lazy<string?>(probe)).Value;
        if (missing is not null)
            Assert.Skip(missing);
    }
}
