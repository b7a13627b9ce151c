namespace MacvtapTools.Links;

/// <summary>All links that a dump gave.</summary>
/// <param name="Links">The links, in the kernel's order (that of their indexes).</param>
/// <param name="IsInterrupted">Links came and went during every attempt: some may be missing or doubled.</param>
internal readonly record struct LinkList(IReadOnlyList<Link> Links, bool IsInterrupted);
