using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>What the kernel said to a link of a kind.</summary>
/// <param name="Error">None where it was made.</param>
/// <param name="Text">The kernel's words, where it had some.</param>
internal readonly record struct KindOutcome(Errno Error, string? Text = null)
{
    internal bool IsMade => Error == Errno.None;
}
