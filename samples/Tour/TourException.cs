namespace MacvtapTools.Tour;

/// <summary>The tour cannot go on.</summary>
internal sealed class TourException(string message) : Exception(message);
