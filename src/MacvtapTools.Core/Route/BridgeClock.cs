namespace MacvtapTools.Route;

/// <summary>
/// The times of a bridge. Messages have them in hundredths of a second, and the kernel keeps them in its own ticks and rounds down on the way there and on the way back
/// (clock_t_to_jiffies, jiffies_to_clock_t): with 250 ticks a second 1.23 s comes back as 1.22 s.
/// </summary>
internal static class BridgeClock
{
    internal const double CentisecondsPerSecond = 100;

    internal static uint ToCentiseconds(TimeSpan time) => (uint)Math.Round(time.TotalSeconds * CentisecondsPerSecond);

    internal static TimeSpan ToTime(uint centiseconds) => TimeSpan.FromMilliseconds(centiseconds * 10.0);

    /// <summary>Whether the kernel has the time that it was given, as near as it can keep it.</summary>
    internal static bool IsKept(uint given, uint? kept) => kept is { } value && Math.Abs((long)given - value) <= 1;
}
