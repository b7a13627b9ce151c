namespace MacvtapTools.Diagnosis.Host;

/// <summary>One check of the host: a class for each. It judges what <see cref="IHostSource"/> gives, and changes nothing.</summary>
/// <param name="name">Its name.</param>
/// <param name="area">What it is about.</param>
internal abstract class HostCheckRule(string name, string area)
{
    internal const string Kernel = "Kernel";
    internal const string DeviceNodes = "Device nodes";
    internal const string Rights = "Rights";
    internal const string Settings = "Settings";
    internal const string Network = "Network";
    internal const string KernelBehaviours = "Kernel behaviour";

    /// <summary>Its name.</summary>
    internal string Name => name;

    /// <summary>What it is about.</summary>
    internal string Area => area;

    /// <summary>Looks.</summary>
    internal abstract HostFinding Look(IHostSource host);

    private protected static HostFinding Passed(string detail, string? advice = null, params IEnumerable<string> evidence) => new(HostCheckStatus.Passed, detail, advice, [.. evidence]);

    private protected static HostFinding Warning(string detail, string advice, params IEnumerable<string> evidence) => new(HostCheckStatus.Warning, detail, advice, [.. evidence]);

    private protected static HostFinding Handled(string detail, string advice, params IEnumerable<string> evidence) => new(HostCheckStatus.Handled, detail, advice, [.. evidence]);

    private protected static HostFinding Failed(string detail, string advice, params IEnumerable<string> evidence) => new(HostCheckStatus.Failed, detail, advice, [.. evidence]);

    private protected static HostFinding NotApplicable(string detail, params IEnumerable<string> evidence) => new(HostCheckStatus.NotApplicable, detail, null, [.. evidence]);

    private protected static HostFinding Unknown(string detail, string advice, params IEnumerable<string> evidence) => new(HostCheckStatus.Unknown, detail, advice, [.. evidence]);

    /// <summary>"a, b, c and 4 more".</summary>
    private protected static string Names(IReadOnlyCollection<string> all, int most = 5) =>
        all.Count <= most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(most))} and {all.Count - most} more";
}
