using System.Globalization;
using System.Text.Json;

namespace MacvtapTools.Kernel.Tests;

/// <summary>
/// Network namespaces and files of one test, all removed when it ends, also when it fails. Everything is made with <c>ip</c>, not with the library under test.
/// </summary>
public sealed class Lab : IDisposable
{
    private static int _count;
    private static int _lastIndex = Random.Shared.Next(1_000_000, 1_900_000_000);

    private readonly List<string> _namespaces = [];
    private readonly List<string> _files = [];

    /// <summary>Makes an empty lab, or skips the test when the host cannot have one.</summary>
    public Lab() => Requires.NetworkNamespaces();

    /// <summary>What the name of every namespace of this test process begins with.</summary>
    internal static string OwnPrefix { get; } = $"{LabLeftovers.Prefix}{Environment.ProcessId}-";

    /// <summary>A name for a namespace that no other test has. Removed at the end, whoever makes it.</summary>
    internal string NewName()
    {
        string name = OwnPrefix + Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        _namespaces.Add(name);
        return name;
    }

    /// <summary>Makes an empty namespace with a new name.</summary>
    internal string NewNamespace()
    {
        string name = NewName();
        Programs.Run("ip", "netns", "add", name);
        return name;
    }

    /// <summary>An interface index that nobody uses: 1,000,000 and more, so that no node of the host is in the way.</summary>
    internal static int NewIndex()
    {
        int index;
        do
            index = Interlocked.Increment(ref _lastIndex);
        while (Path.Exists($"/dev/tap{index}"));
        return index;
    }

    /// <summary>Runs <c>ip -n NAMESPACE …</c>.</summary>
    /// <param name="networkNamespace">The namespace.</param>
    /// <param name="command">The rest of the command line, divided at blanks.</param>
    internal static string Ip(string networkNamespace, string command) =>
        Programs.Run("ip", ["-n", networkNamespace, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>Runs <c>ip -d -j -n NAMESPACE …</c>.</summary>
    internal static JsonElement IpJson(string networkNamespace, string command)
    {
        string text = Programs.Run("ip", ["-d", "-j", "-n", networkNamespace, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Makes a pair of veth links, both up; the second one in another namespace if that is given.</summary>
    internal static void AddVeth(string networkNamespace, string name, string peer, string? peerNamespace = null)
    {
        Ip(networkNamespace, $"link add {name} type veth peer name {peer}" + (peerNamespace is null ? "" : $" netns {peerNamespace}"));
        Ip(networkNamespace, $"link set {name} up");
        Ip(peerNamespace ?? networkNamespace, $"link set {peer} up");
        AwaitUp(networkNamespace, name);
        AwaitUp(peerNamespace ?? networkNamespace, peer);
    }

    /// <summary>Waits until a link passes frames: the kernel wires up its queue in the background (net/core/link_watch.c), and drops what is sent before.</summary>
    internal static void AwaitUp(string networkNamespace, string name)
    {
        for (long end = Environment.TickCount64 + 10_000; !Ip(networkNamespace, $"-o link show dev {name}").Contains(" state UP ", StringComparison.Ordinal); Thread.Sleep(2))
        {
            if (Environment.TickCount64 > end) throw new TimeoutException($"{name} did not come up.");
        }
    }

    /// <summary>Makes a bridge, up, with these ports.</summary>
    internal static void AddBridge(string networkNamespace, string name, params IEnumerable<string> ports)
    {
        Ip(networkNamespace, $"link add {name} up type bridge");
        foreach (string port in ports)
            Ip(networkNamespace, $"link set {port} master {name}");
    }

    /// <summary>Makes a macvtap, up. Skips the test when the kernel has none.</summary>
    internal static void AddMacvtap(string networkNamespace, string name, string lowerDevice, int? index = null, string mode = "bridge")
    {
        Requires.Kind("macvtap");
        Ip(networkNamespace, $"link add link {lowerDevice} name {name} " + (index is null ? "" : $"index {index} ") + $"type macvtap mode {mode}");
        Ip(networkNamespace, $"link set {name} up");
    }

    /// <summary>A namespace with the veth pair v0, v1 and a macvtap on v0.</summary>
    internal string NewNamespaceWithMacvtap(string name, int index)
    {
        string networkNamespace = NewNamespace();
        AddVeth(networkNamespace, "v0", "v1");
        AddMacvtap(networkNamespace, name, "v0", index);
        return networkNamespace;
    }

    /// <summary>A directory of this test's own, on a file system where device nodes work. Removed at the end with all that is in it.</summary>
    internal string NewDirectory()
    {
        string path = $"/dev/{OwnPrefix}{Interlocked.Increment(ref _count)}";
        Directory.CreateDirectory(path);
        _files.Add(path);
        return path;
    }

    /// <summary>Takes charge of a path that the test makes: it is removed at the end. It must not exist yet.</summary>
    internal string Own(string path)
    {
        if (Path.Exists(path))
            throw new InvalidOperationException($"{path} exists already and is not the lab's.");
        LabLeftovers.Remember(path);
        _files.Add(path);
        return path;
    }

    /// <summary>Makes a character device node. Removed at the end.</summary>
    internal string MakeNode(string path, int major, int minor)
    {
        Requires.DeviceNodes();
        Own(path);
        Programs.Run("mknod", path, "c", $"{major}", $"{minor}");
        return path;
    }

    /// <summary>Removes all that was made. Goes on after a failure, and reports the failures together.</summary>
    public void Dispose()
    {
        List<Exception> failures = [];
        foreach (string name in Enumerable.Reverse(_namespaces))
            Attempt(() => LabLeftovers.DeleteNamespace(name), failures);
        foreach (string path in _files)
            Attempt(() => LabLeftovers.DeleteFile(path), failures);
        if (failures.Count > 0)
            throw new AggregateException("The lab could not be cleared.", failures);
    }

    private static void Attempt(Action action, List<Exception> failures)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            failures.Add(exception);
        }
    }
}
