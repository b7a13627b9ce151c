using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;

namespace MacvtapTools.Events;

/// <summary>
/// Keeps a <see cref="LinkTracker"/> true to one namespace: announcements as they come, and the kernel's list at the start, after a loss, and when asked. The
/// list is read beside, so that announcements do not wait for it. Not for two threads at once.
/// </summary>
/// <remarks>
/// A list is believed only where it cannot be older than what is known: everything announced before it is taken before it is asked for, links that are announced
/// while it is read keep what was announced, and it is asked for again when announcements were lost meanwhile.
/// </remarks>
/// <param name="channel">Where the announcements come from; the group must be joined already.</param>
/// <param name="list">Reads the kernel's list; called on a thread of the pool, never twice at once.</param>
/// <param name="tracker">What is kept true.</param>
internal sealed class LinkObserver(IEventChannel channel, Func<LinkList> list, LinkTracker tracker)
{
    /// <summary>How many datagrams are taken before what they gave is handed on.</summary>
    internal const int Batch = 64;

    /// <summary>How often a list is asked for again that events overtook, before it is taken as it is.</summary>
    internal const int Attempts = 5;

    private readonly NewerLinks _newer = new();
    private readonly List<(LinkMessage Message, DateTime Time)> _early = [];
    private bool _wantsList = true;
    private bool _lostMeanwhile;
    private bool _hasFailed;
    private int _discarded;

    /// <summary>Called when a list is ready, from any thread: <see cref="Process"/> is due.</summary>
    internal Action Wake { get; init; } = () => { };

    /// <summary>Called when announcements were lost, once until the state is true again.</summary>
    internal Action Lost { get; init; } = () => { };

    /// <summary>Called when the list could not be read, once until it can be read again.</summary>
    internal Action<Exception> Failed { get; init; } = _ => { };

    /// <summary>Whether the first list was taken: from then on there are events.</summary>
    internal bool IsStarted { get; private set; }

    /// <summary>Whether the state may be untrue, so that another list is needed soon.</summary>
    internal bool IsBehind { get; private set; }

    /// <summary>The list that is being read, or null.</summary>
    internal Task<LinkList>? Listing { get; private set; }

    /// <summary>Asks for a list when there is nothing else to do.</summary>
    internal void Refresh() => _wantsList = true;

    /// <summary>Takes what is there, as far as a batch goes.</summary>
    /// <returns>Whether more may be waiting.</returns>
    internal bool Process()
    {
        // Looked at before the announcements are read: those that the list knows already are then read before it.
        bool isListed = Listing is { IsCompleted: true };
        for (int i = 0; i < Batch; i++)
        {
            switch (channel.Receive(out ReadOnlySpan<byte> datagram))
            {
                case EventReceipt.Datagram:
                    Take(datagram, DateTime.Now);
                    break;
                case EventReceipt.Lost:
                    NoteLoss();
                    break;
                default:
                    if (isListed) Finish();
                    if (Listing is null && (_wantsList || tracker.LacksName)) Begin();
                    return false;
            }
        }

        return true;
    }

    private void Take(ReadOnlySpan<byte> datagram, DateTime time)
    {
        var messages = new MessageReader(datagram);
        while (messages.MoveNext())
        {
            if (!LinkMessage.TryRead(messages.Header.Type, messages.Body, out LinkMessage message)) continue;
            if (Listing is not null) _newer.Note(message);
            if (IsStarted) tracker.Apply(message, time);
            else _early.Add((message, time));
        }

        if (messages.IsMalformed) NoteLoss();
    }

    private void NoteLoss()
    {
        channel.Enlarge();
        _lostMeanwhile = true;
        _wantsList = true;
        if (!IsStarted || IsBehind) return;
        IsBehind = true;
        Lost();
    }

    private void Begin()
    {
        _wantsList = false;
        _lostMeanwhile = false;
        _newer.Clear();
        _early.Clear();
        Listing = Task.Run(list);
        Listing.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Finish()
    {
        Task<LinkList> listing = Listing!;
        Listing = null;
        LinkList links;
        try
        {
            links = listing.GetAwaiter().GetResult();
            _hasFailed = false;
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            IsBehind = true;
            if (!_hasFailed) Failed(failure);
            _hasFailed = true;
            return;
        }

        if ((_lostMeanwhile || (!IsStarted && _early.Count > 0)) && ++_discarded < Attempts)
        {
            _wantsList = true;
            return;
        }

        _discarded = 0;
        IsBehind = _lostMeanwhile || links.IsInterrupted;
        tracker.NoteElsewhere(links.Links);
        if (IsStarted)
        {
            tracker.Synchronise(Records(links), !links.IsInterrupted, _newer, DateTime.Now);
            return;
        }

        // Links changed during each of the attempts: what was announced meanwhile is taken after the list, in order, and the last word is true.
        tracker.Synchronise(Records(links), true, new NewerLinks(), DateTime.Now);
        IsStarted = true;
        foreach ((LinkMessage message, DateTime time) in _early) tracker.Apply(message, time);
        _early.Clear();
    }

    private static List<Route.LinkRecord> Records(LinkList links) => [.. links.Links.Select(l => l.Record)];
}
