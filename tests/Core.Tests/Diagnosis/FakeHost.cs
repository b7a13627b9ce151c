using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Interop;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>A host as a test describes it. What is not described is not there.</summary>
internal sealed class FakeHost : IHostSource
{
    internal Dictionary<string, string> Files { get; } = [];

    internal Dictionary<string, string> Settings { get; } = [];

    internal Dictionary<string, HostFile> Nodes { get; } = [];

    internal Dictionary<string, Errno> Opening { get; } = [];

    internal Errno Change { get; init; } = Errno.ENODEV;

    internal Errno PacketSocket { get; init; }

    internal IReadOnlyList<string>? Wireless { get; init; } = [];

    public string? NetworkNamespace { get; init; }

    public KernelProbe Probe { get; init; } = new();

    public IReadOnlyList<NamespaceView> Namespaces { get; init; } = [new NamespaceView(null, [], [])];

    public string? Read(string path) => Files.GetValueOrDefault(path);

    public string? ReadSetting(string path) => Settings.GetValueOrDefault(path);

    public IReadOnlyList<string>? List(string directory)
    {
        string[] names = [.. Files.Keys.Where(f => f.StartsWith(directory + "/", StringComparison.Ordinal)).Select(f => f[(directory.Length + 1)..])];
        return names.Length == 0 ? null : names;
    }

    public HostFile? Look(string path) => Nodes.TryGetValue(path, out HostFile found) ? found : null;

    public Errno TryOpen(string path) => Opening.GetValueOrDefault(path);

    public Errno TryChange() => Change;

    public Errno TryPacketSocket() => PacketSocket;

    public IReadOnlyList<string>? WirelessLinks() => Wireless;
}
