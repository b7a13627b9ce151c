namespace MacvtapTools.Preflight;

/// <summary>
/// What can be said of a request before it is made, when nothing refuses it. A refusal is thrown instead, as the refusal itself would be
/// (<see cref="Interop.PredictedRefusal"/>), so that the same code explains both.
/// </summary>
/// <param name="Unknown">What cannot be known beforehand and may yet refuse it; null where the kernel would accept.</param>
/// <param name="Caveat">What the kernel accepts and the user will regret; null for nothing.</param>
internal readonly record struct Verdict(string? Unknown = null, string? Caveat = null)
{
    /// <summary>The kernel would accept.</summary>
    internal static Verdict Accepted => default;

    /// <summary>The kernel would accept, unless the check throws what it would refuse with.</summary>
    internal static Verdict Unless(Action check)
    {
        check();
        return Accepted;
    }

    /// <summary>This one with the doubts of another.</summary>
    internal Verdict And(Verdict other) => new(Unknown ?? other.Unknown, Caveat ?? other.Caveat);
}
