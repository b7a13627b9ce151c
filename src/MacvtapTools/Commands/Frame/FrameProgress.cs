using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>What the cmdlets that read or write files of frames share: where a path leads, and how far the work is.</summary>
internal sealed class FrameProgress(Cmdlet cmdlet, string activity)
{
    private const long Interval = 250;

    private readonly int _id = activity.GetHashCode(StringComparison.Ordinal) & 0xFFFF;
    private long _next = Environment.TickCount64 + Interval;
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
        cmdlet.WriteProgress(new ProgressRecord(_id, activity, status) { PercentComplete = percent });
    }

    /// <summary>Takes it away.</summary>
    internal void End()
    {
        if (_isShown) cmdlet.WriteProgress(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
