namespace MacvtapTools.Diagnosis.Host;

/// <summary>What a check found.</summary>
internal sealed record HostFinding(HostCheckStatus Status, string Detail, string? Advice, IReadOnlyList<string> Evidence);
