namespace MacvtapTools.Links.Changes;

/// <summary>A list of a link (alternative names, source addresses) that could not be changed as a whole, and what became of the parts.</summary>
/// <param name="Refusal">Why: what the kernel said, or that it said nothing in time.</param>
/// <param name="Standing">The entries whose change could not be taken back, and so stands or may stand.</param>
internal sealed record ListEditFailure(Exception Refusal, IReadOnlyList<string> Standing)
{
    /// <summary>The entry that was refused, where it was one.</summary>
    internal string? Entry { get; init; }
}
