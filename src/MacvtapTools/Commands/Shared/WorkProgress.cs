using System.Globalization;
using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>How far long work is: shown when it has taken a second, then a few times a second, and taken away at its end. Asking whether to show costs a look at the clock.</summary>
/// <param name="cmdlet">The cmdlet that works.</param>
/// <param name="activity">What it does.</param>
internal sealed class WorkProgress(Cmdlet cmdlet, string activity)
{
    private const long Delay = 1000;
    private const long Interval = 250;
    private const int Whole = 100;

    private readonly int _id = activity.GetHashCode(StringComparison.Ordinal) & 0xFFFF;
    private readonly long _started = Environment.TickCount64;
    private long _next = Environment.TickCount64 + Delay;
    private bool _isShown;

    /// <summary>Whether it is time to show something.</summary>
    internal bool IsDue => Environment.TickCount64 >= _next;

    /// <summary>Shows how far the work is.</summary>
    /// <param name="status">In words.</param>
    /// <param name="percent">In percent; -1 where nobody knows.</param>
    internal void Show(string status, int percent = -1)
    {
        _next = Environment.TickCount64 + Interval;
        _isShown = true;
        cmdlet.WriteProgress(new ProgressRecord(_id, activity, status) { PercentComplete = Math.Min(percent, Whole) });
    }

    /// <summary>Shows the place of a piece of work among all of them, where it is time to.</summary>
    internal void ShowPlace(string what, int place, int count)
    {
        if (IsDue) Show(string.Create(CultureInfo.InvariantCulture, $"{what}, {place} of {count}"), (int)((long)Whole * place / Math.Max(count, 1)));
    }

    /// <summary>Shows how much of the time for it is over, where it is time to.</summary>
    /// <param name="limit">How long it may take; negative or unlimited where there is no end.</param>
    internal void ShowTime(TimeSpan limit)
    {
        if (!IsDue) return;
        double seconds = (Environment.TickCount64 - _started) / 1000.0;
        if (limit <= TimeSpan.Zero || limit.TotalDays > 1) Show(string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"));
        else Show(string.Create(CultureInfo.InvariantCulture, $"{seconds:0} of {limit.TotalSeconds:0.#} s"), (int)(Whole * seconds / limit.TotalSeconds));
    }

    /// <summary>Takes it away.</summary>
    internal void End()
    {
        if (_isShown) cmdlet.WriteProgress(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        _isShown = false;
    }
}
