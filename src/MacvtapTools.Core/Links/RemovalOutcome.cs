using MacvtapTools.Interop;

namespace MacvtapTools.Links;

/// <summary>What became of one link that was to be removed.</summary>
/// <param name="Link">The link, as it was.</param>
/// <param name="Failure">Why it still stands; null where it is gone.</param>
internal sealed record RemovalOutcome(Link Link, KernelException? Failure);
