using System.Diagnostics;
using MacvtapTools.Kernel.Tests;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>
/// The lab of the help pages in the process's own network namespace: a lower device eth0, and p0, the port of br0 that it is plugged into. The same as
/// tests/Pester/Invoke-Example.ps1 makes. It removes every link that it finds, so it refuses to work in the host's namespace.
/// </summary>
internal static class ExampleLab
{
    private const int Group = 77;
    private const int Room = 4000;
    private const int LastFirst = 5000;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly string[] _switches = ["ipv4/ip_forward", "ipv6/conf/all/forwarding", "ipv6/conf/default/forwarding"];
    private static readonly string[] _links =
    [
        "link set lo down", "link set lo up", "link add br0 type bridge forward_delay 0", "link add eth0 type veth peer name p0", "link set br0 up", "link set p0 up",
        "link set eth0 up", "link set p0 master br0",
    ];

    /// <summary>Gives the process a /run and a /sys of its own, and lets links count from an index on whose device nodes nobody has.</summary>
    /// <param name="host">The network namespace that it must not be in: the one that the tests run in.</param>
    internal static void Enter(string host)
    {
        if (Current() == host) throw new InvalidOperationException("This removes all links: run it in a network namespace of its own.");
        Programs.Run("mount", "-t", "tmpfs", "none", "/run");
        Directory.CreateDirectory("/run/netns");
        Directory.CreateDirectory("/run/user/1000");
        Programs.Run("mount", "-t", "tmpfs", "none", "/run/netns");
        Programs.Run("mount", "--make-shared", "/run/netns");
        Programs.Run("mount", "-t", "sysfs", "none", "/sys");
        Batch(Enumerable.Repeat("link add type veth", FirstIndex() / 2));
        RemoveLinks();
    }

    /// <summary>The network namespace of this process, as the kernel names it.</summary>
    internal static string Current() => new FileInfo("/proc/self/ns/net").LinkTarget!;

    /// <summary>Makes the lab anew.</summary>
    internal static void Reset()
    {
        Programs.Run("ip", "-all", "netns", "delete");
        RemoveLinks();
        Programs.Try("ip", "route", "flush", "table", "all"); // not all that is listed can be removed
        foreach (string name in _switches) File.WriteAllText($"/proc/sys/net/{name}", "0");
        Batch(_links);
        Wait("The port of the lab does not forward.", static () =>
            File.ReadAllText("/sys/class/net/p0/brport/state").Trim() == "3" && File.ReadAllText("/sys/class/net/eth0/operstate").Trim() == "up");
    }

    /// <summary>/dev/tapN is one for all network namespaces, and small numbers are everybody's: the first with room behind it. To count up takes links, so not far.</summary>
    private static int FirstIndex()
    {
        int first = 300 + (Environment.ProcessId % 700);
        int free = Directory.GetFiles("/dev", "tap*")
            .Select(f => int.TryParse(Path.GetFileName(f)["tap".Length..], out int index) ? index : 0)
            .Order()
            .Aggregate(first, (from, taken) => taken >= from && taken - from < Room ? taken + 1 : from);
        return free <= LastFirst ? free : first;
    }

    /// <summary>In one go: the kernel waits once, not for each. A link may go by itself meanwhile, when the namespace of its other end does.</summary>
    private static void RemoveLinks() => Wait("The links of the lab cannot be removed.", static () =>
    {
        string[] names = [.. Directory.GetDirectories("/sys/class/net").Select(d => Path.GetFileName(d)!).Where(n => n != "lo")];
        if (names.Length > 0) Batch([.. names.Select(n => $"link set {n} group {Group}"), $"link delete group {Group}"], force: true);
        return names.Length == 0;
    });

    private static void Batch(IEnumerable<string> lines, bool force = false)
    {
        using Process ip = Programs.Start("ip", force ? ["-force", "-batch", "-"] : ["-batch", "-"]);
        Task<string> error = ip.StandardError.ReadToEndAsync();
        foreach (string line in lines) ip.StandardInput.WriteLine(line);
        ip.StandardInput.Close();
        ip.WaitForExit();
        if (ip.ExitCode != 0 && !force) throw new InvalidOperationException($"ip -batch: {error.GetAwaiter().GetResult()}");
    }

    private static void Wait(string failure, Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !condition(); Thread.Sleep(1))
        {
            if (Stopwatch.GetElapsedTime(start) > _patience) throw new TimeoutException(failure);
        }
    }
}
