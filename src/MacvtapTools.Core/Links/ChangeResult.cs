namespace MacvtapTools.Links;

/// <summary>A link as the kernel has it after a change, and what differs from what was asked.</summary>
internal sealed record ChangeResult<T>(T Link, IReadOnlyList<ReadBackDifference> Differences)
    where T : class;
