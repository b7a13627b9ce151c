using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>
/// Progress of a command that works piece by piece, of how many nobody knows. It shows when the command itself has been at work for a while: one that mostly waits for what
/// comes by the pipe (Watch-Link and the like) shows nothing.
/// </summary>
/// <param name="cmdlet">The cmdlet that works.</param>
/// <param name="activity">What it does.</param>
internal sealed class PieceProgress(Cmdlet cmdlet, string activity)
{
    private readonly WorkProgress _progress = new(cmdlet, activity);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _entered;
    private long _busy;
    private long _count;
    private long _elsewhere;
    private int _depth;
    private bool _isSmallest;

    /// <summary>A piece of work begins; it can consist of others.</summary>
    internal void Enter()
    {
        if (_depth++ == 0) _entered = Stopwatch.GetTimestamp();
        _isSmallest = true;
    }

    /// <summary>It has ended, well or not. Only pieces that consist of no others are counted.</summary>
    internal void Leave()
    {
        if (_isSmallest) _count++;
        _isSmallest = false;
        if (--_depth == 0) _busy += Stopwatch.GetTimestamp() - _entered;
    }

    /// <summary>What follows in the pipe works now: that is not this command's work.</summary>
    internal void Pause() => _elsewhere = Stopwatch.GetTimestamp();

    /// <summary>The command goes on.</summary>
    internal void Resume() => _busy -= Stopwatch.GetTimestamp() - _elsewhere;

    /// <summary>Shows how many pieces are done, where it is time to.</summary>
    /// <param name="target">The last one.</param>
    internal void ShowIfDue(object? target)
    {
        if (!_progress.IsDue) return;
        long now = Stopwatch.GetTimestamp();
        long busy = _busy + (_depth > 0 ? now - _entered : 0);
        if (2 * busy < now - _started) _progress.End();
        else _progress.Show(string.Create(CultureInfo.InvariantCulture, $"{_count} done{(Name(target) is { Length: > 0 } last ? $", the last one {last}" : string.Empty)}"));
    }

    /// <summary>Takes it away.</summary>
    internal void End() => _progress.End();

    /// <summary>What a piece is called; null for a list, whose text tells nothing.</summary>
    private static string? Name(object? target) => target is string text ? text : target is IEnumerable ? null : target?.ToString();
}
