using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Times of a bridge: the kernel counts hundredths of a second in 32 bits.</summary>
internal static class BridgeTime
{
    /// <summary>Hundredths of a second, or null for no time.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static uint? Centiseconds(string parameter, TimeSpan? time) =>
        time is { } value ? BridgeClock.ToCentiseconds(Check(parameter, value)) : null;

    /// <summary>Refuses a time that the kernel cannot keep.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static TimeSpan Check(string parameter, TimeSpan time) =>
        time >= TimeSpan.Zero && time.TotalSeconds * BridgeClock.CentisecondsPerSecond <= int.MaxValue
            ? time
            : throw new MacvtapException(FailureId.ParameterInvalid, $"-{parameter} {time} is not a time that the kernel can keep.", "Give a number of seconds from 0 on.", time);
}
