namespace MacvtapTools;

/// <summary>One check of the host: what was looked at, what was found, what would help.</summary>
public sealed class HostCheck
{
    internal HostCheck(string name, string area, HostCheckStatus status, string detail, string? advice, IReadOnlyList<string> evidence, string? networkNamespace)
    {
        Name = name;
        Area = area;
        Status = status;
        Detail = detail;
        Advice = advice;
        Evidence = evidence;
        NetworkNamespace = networkNamespace;
    }

    /// <summary>The name of the check, as -Name takes it.</summary>
    public string Name { get; }

    /// <summary>What the check is about: Kernel, Device nodes, Rights, Settings, Network, Kernel behaviour.</summary>
    public string Area { get; }

    /// <summary>What came of it.</summary>
    public HostCheckStatus Status { get; }

    /// <summary>What was found, in a sentence.</summary>
    public string Detail { get; }

    /// <summary>What would help, or what to know; null where there is nothing.</summary>
    public string? Advice { get; }

    /// <summary>What it was found by: the kernel's answers, files with their content, links.</summary>
    public IReadOnlyList<string> Evidence { get; }

    /// <summary>The network namespace that was looked at, as it was named; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary><see cref="Detail"/> and <see cref="Advice"/> in two lines.</summary>
    public string Summary => Advice is null ? Detail : $"{Detail}\n{Advice}";

    /// <summary>Name, status and detail.</summary>
    public override string ToString() => $"{Name}: {Status}. {Detail}";
}
