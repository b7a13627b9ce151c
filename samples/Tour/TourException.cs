namespace MacvtapTools.Tour;

/// <summary>The tour cannot begin, or cannot go on.</summary>
/// <param name="message">Why.</param>
/// <param name="exitCode">How the program ends then.</param>
internal sealed class TourException(string message, int exitCode) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}
