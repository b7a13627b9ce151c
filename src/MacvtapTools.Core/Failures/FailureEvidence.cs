namespace MacvtapTools.Failures;

/// <summary>One fact that a cause was seen by: a property of a link, as it was when the refusal was explained.</summary>
/// <param name="Link">The name of the link.</param>
/// <param name="Property">The property, by the name that it has on the link's object.</param>
/// <param name="Value">Its value.</param>
/// <param name="NetworkNamespace">The network namespace of the link as the user would call it; null for the current one.</param>
public sealed record FailureEvidence(string Link, string Property, object? Value, string? NetworkNamespace)
{
    /// <summary>For people: "eth0: Master br0".</summary>
    public override string ToString() => $"{Link}{(NetworkNamespace is null ? string.Empty : $" in network namespace {NetworkNamespace}")}: {Property} {Value ?? "(none)"}";
}
