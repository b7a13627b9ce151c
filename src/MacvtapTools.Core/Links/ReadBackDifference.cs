namespace MacvtapTools.Links;

/// <summary>A value that the kernel acknowledged and did not take.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Wanted">What was asked for.</param>
/// <param name="Actual">What the kernel has.</param>
/// <param name="Reason">Why, where it is known.</param>
internal sealed record ReadBackDifference(string Property, object? Wanted, object? Actual, string? Reason = null)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => $"{Property} was to be {Wanted} and the kernel has {Actual ?? "nothing"}{(Reason is null ? "." : $": {Reason}.")}";
}
