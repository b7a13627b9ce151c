namespace MacvtapTools.Diagnosis.Host;

/// <summary>A network namespace with its links.</summary>
/// <param name="Name">As the user would name it; null for the current one.</param>
/// <param name="Links">Its links.</param>
/// <param name="TapDevices">The tap devices of its macvtaps, as far as they could be looked up.</param>
/// <param name="Refusal">Why it could not be looked into; null where it could.</param>
internal sealed record NamespaceView(string? Name, IReadOnlyList<Link> Links, IReadOnlyList<TapDevice> TapDevices, string? Refusal = null)
{
    /// <summary>" in network namespace web", or nothing.</summary>
    internal string Place => Name is null ? string.Empty : $" in network namespace {Name}";
}
