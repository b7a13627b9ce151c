namespace MacvtapTools.Links.Changes;

/// <summary>One of several changes that was not made, and what became of those before it.</summary>
/// <param name="Change">The change that failed.</param>
/// <param name="Refusal">Why: what the kernel said, or that it said nothing in time; null where it acknowledged and did not do it.</param>
/// <param name="Actual">What the kernel has instead, where it did not do it.</param>
/// <param name="Standing">Changes made before it that could not be taken back, and so stand.</param>
internal sealed record LinkEditFailure(LinkChange Change, Exception? Refusal, object? Actual, IReadOnlyList<LinkChange> Standing)
{
    /// <summary>The kernel refused the change and did a part of it: the link left its master. Whether that was taken back, the list of what stands tells.</summary>
    internal bool HasActedRefused { get; init; }
}
