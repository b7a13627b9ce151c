using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Frames;

/// <summary>
/// Takes frames from one or more sources, on the thread that asks for them. Nothing is read ahead: where frames come faster than they are taken, they wait in the
/// kernel, which drops what it has no room for.
/// </summary>
internal sealed class FrameCollector : IDisposable
{
    // How often to look whether the links are still there and switched on. A deleted tap device does not wake poll(2).
    private const long CheckInterval = 250;
    private const int PollEvery = 256;

    // So many frames of one source, then the next one has its turn: a busy link leaves the others their part, and most frames come without a change of source.
    private const int MostInTurn = 64;

    private readonly List<IFrameSource> _sources;
    private readonly Dictionary<IFrameSource, LinkCondition> _conditions = [];
    private readonly FrameFilter _filter;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _registration;
    private readonly WakeUp _wakeUp = new();
    private readonly PollSet _poll = new();
    private int _turn;
    private int _inTurn;
    private int _sinceClock;
    private long _nextCheck;

    /// <summary>Begins to take frames.</summary>
    /// <param name="sources">The sources; they stay open, but for those that are gone.</param>
    /// <param name="filter">Which frames are wanted.</param>
    /// <param name="stop">Ends every wait at once.</param>
    internal FrameCollector(IEnumerable<IFrameSource> sources, FrameFilter filter, CancellationToken stop)
    {
        _sources = [.. sources];
        _filter = filter;
        _stop = stop;
        _registration = stop.UnsafeRegister(static w => ((WakeUp)w!).Signal(), _wakeUp);
        Arrange();
    }

    /// <summary>The sources that are not gone.</summary>
    internal IReadOnlyList<IFrameSource> Sources => _sources;

    /// <summary>Told when the condition of a source's link is another than before. Called by <see cref="TryNext"/>.</summary>
    internal Action<IFrameSource, LinkCondition> Changed { get; init; } = (_, _) => { };

    /// <summary>Told of a source that is gone; the others go on. Called by <see cref="TryNext"/>.</summary>
    internal Action<IFrameSource, MacvtapException> Lost { get; init; } = (_, _) => { };

    /// <summary>Told each time that there is nothing to take, before the wait. Called by <see cref="TryNext"/>.</summary>
    internal Action Idle { get; init; } = () => { };

    /// <summary>Told now and then, whether frames come or not.</summary>
    internal Action Ticked { get; init; } = () => { };

    /// <summary>The next frame that is wanted.</summary>
    /// <param name="deadline">Until when to wait, as <see cref="Environment.TickCount64"/> counts.</param>
    /// <param name="frame">The frame; valid until the next call.</param>
    /// <param name="source">Where it is from.</param>
    /// <returns>False when the time is over, or no source is left.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal bool TryNext(long deadline, out FrameView frame, out IFrameSource? source)
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            if (--_sinceClock <= 0)
            {
                // The clock is asked now and then only: with frames in plenty it would be a good part of the work.
                _sinceClock = PollEvery;
                long now = Environment.TickCount64;
                if (now >= _nextCheck) CheckAll(now);
                if (now >= deadline || _sources.Count == 0) break;
            }

            if (TakeOne(out frame, out source))
            {
                if (_filter.Accepts(frame.Bytes, frame.Direction, frame.TagProtocol)) return true;
                continue;
            }

            Idle();
            Wait(deadline);
            _sinceClock = 0;
        }

        frame = default;
        source = null;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _wakeUp.Dispose();
    }

    private bool TakeOne(out FrameView frame, out IFrameSource? source)
    {
        for (int tried = 0; tried < _sources.Count; tried++)
        {
            source = _sources[_turn % _sources.Count];
            try
            {
                if (source.TryRead(out frame))
                {
                    if (++_inTurn >= MostInTurn) NextTurn();
                    return true;
                }

                NextTurn();
            }
            catch (MacvtapException failure)
            {
                Drop(source, failure);
                tried--;
            }
        }

        frame = default;
        source = null;
        return false;
    }

    private void NextTurn()
    {
        _turn = (_turn + 1) % _sources.Count;
        _inTurn = 0;
    }

    private void Wait(long deadline)
    {
        if (_sources.Count == 0) return;
        long wait = Math.Min(deadline, _nextCheck) - Environment.TickCount64;
        if (!_poll.Wait((int)Math.Clamp(wait, 0, CheckInterval))) return;

        // An error to report means news about a link.
        if (_poll.IsReady(0)) _wakeUp.Reset();
        if (_poll.HasFailure) _nextCheck = 0;
    }

    private void CheckAll(long now)
    {
        _nextCheck = now + CheckInterval;
        foreach (IFrameSource source in _sources.ToArray())
        {
            try
            {
                LinkCondition condition = source.Check();
                LinkCondition before = _conditions.GetValueOrDefault(source, LinkCondition.Up);
                _conditions[source] = condition;
                if (condition != before) Changed(source, condition);
            }
            catch (MacvtapException failure)
            {
                Drop(source, failure);
            }
        }

        Ticked();
    }

    private void Drop(IFrameSource source, MacvtapException failure)
    {
        _sources.Remove(source);
        Arrange();
        Lost(source, failure);
        source.Dispose();
    }

    private void Arrange() => _poll.Set([_wakeUp.Handle, .. _sources.SelectMany(s => s.Handles)]);
}
