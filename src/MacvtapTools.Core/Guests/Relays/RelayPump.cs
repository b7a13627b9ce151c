using MacvtapTools.Interop;

namespace MacvtapTools.Guests.Relays;

/// <summary>
/// Carries frames between two sides, on the thread that runs it, in batches and without memory. A side that takes no frames does not hold up the other: what it does not
/// take is dropped and counted, as by a network card whose queue is full.
/// </summary>
/// <param name="stopping">Signalled to end a wait.</param>
internal sealed class RelayPump(WakeUp stopping)
{
    /// <summary>How often to look whether both sides live, in milliseconds: a link that is deleted does not wake poll(2).</summary>
    internal const int LookEvery = 25;

    // More than a link's queue holds at the usual transmit queue length of 500 or 1000, and an end where frames keep coming.
    private const int MostStale = 4096;

    private readonly PacketBatch _batch = new();
    private readonly PollSet _poll = new();
    private volatile bool _isStopping;

    /// <summary>What came from the link for the other side.</summary>
    internal RelayCounters Received { get; } = new();

    /// <summary>What the other side sent by the link.</summary>
    internal RelayCounters Sent { get; } = new();

    /// <summary>Whether it was told to end.</summary>
    internal bool IsStopping => _isStopping;

    /// <summary>Ends it, and a wait of its owner.</summary>
    internal void Stop()
    {
        _isStopping = true;
        stopping.Signal();
    }

    /// <summary>Throws away the frames that came while nobody was there for them.</summary>
    internal void Discard(IRelayPort port)
    {
        int count = 0;
        do
        {
            port.Receive(_batch);
            count += _batch.Count;
        }
        while (_batch.Count > 0 && count < MostStale);
    }

    /// <summary>Carries frames until one side has ended, or it is stopped.</summary>
    /// <param name="link">The link.</param>
    /// <param name="other">The other side.</param>
    /// <returns>Why it ended.</returns>
    internal TapRelayReason Run(IRelayPort link, IRelayPort other)
    {
        _poll.Set([stopping.Handle, .. link.Handles, .. other.Handles]);
        stopping.Reset();
        long nextLook = 0;
        while (!_isStopping)
        {
            bool hasMoved = Move(link, other, Received) | Move(other, link, Sent);
            long now = Environment.TickCount64;
            if (hasMoved && now < nextLook) continue;
            nextLook = now + LookEvery;
            TapRelayReason reason = link.Look();
            if (reason == TapRelayReason.None) reason = other.Look();
            if (reason != TapRelayReason.None) return reason;
            if (!hasMoved) _poll.Wait(LookEvery);
        }

        return TapRelayReason.Stopped;
    }

    private bool Move(IRelayPort from, IRelayPort to, RelayCounters counters)
    {
        from.Receive(_batch);
        int count = _batch.Count;
        int tooLong = _batch.TooLong;
        if (count + tooLong == 0) return false;
        int taken = to.Send(_batch, out long bytes);
        counters.Add(taken, bytes, count - taken + tooLong);
        return true;
    }
}
