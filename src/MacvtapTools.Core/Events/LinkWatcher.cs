using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Events;

/// <summary>
/// Watches the links of one or more namespaces. Everything happens on the thread that calls <see cref="Next"/>: nothing is read ahead of it, so that a slow
/// consumer costs the kernel's buffer and no memory of ours, and overruns are made good.
/// </summary>
internal sealed class LinkWatcher : IDisposable
{
    /// <summary>How long until a list is asked for again that could not be read, or that did not make the state true.</summary>
    private const long RetryInterval = 1000;

    private readonly WatchSettings _settings;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _registration;
    private readonly WakeUp _wakeUp = new();
    private readonly PollSet _poll = new();
    private readonly List<LinkSource> _sources = [];
    private readonly List<LinkSource> _dropped = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);
    private readonly Queue<LinkEvent> _events = [];
    private long _nextRefresh = long.MaxValue;
    private long _nextRetry = long.MaxValue;

    /// <summary>Makes a watch that is not begun.</summary>
    /// <param name="settings">What to look at.</param>
    /// <param name="stop">Ends every wait at once.</param>
    internal LinkWatcher(WatchSettings settings, CancellationToken stop = default)
    {
        _settings = settings;
        _stop = stop;
        _registration = stop.UnsafeRegister(static w => ((WakeUp)w!).Signal(), _wakeUp);
    }

    /// <summary>Told the name of a namespace (null: the current one) when announcements of it were lost. Called by <see cref="Next"/>.</summary>
    internal Action<string?> Lost { get; init; } = _ => { };

    /// <summary>Told of a namespace that cannot be watched or listed. Called by <see cref="Start"/> and <see cref="Next"/>.</summary>
    internal Action<string?, Exception> Failed { get; init; } = (_, _) => { };

    /// <summary>How many namespaces are watched.</summary>
    internal int NamespaceCount => _sources.Count;

    /// <summary>How many links are known.</summary>
    internal int LinkCount => _sources.Sum(s => s.Tracker.Links.Count);

    /// <summary>The links of all namespaces as they are known now.</summary>
    internal IEnumerable<Link> Links => _sources.SelectMany(s => s.Tracker.Links.Values);

    /// <summary>Under which name the events of a namespace come that has several; false where it is not watched.</summary>
    /// <param name="asked">How it was called in the settings; null for the current one.</param>
    /// <param name="name">The name of the events: that by which it was called first.</param>
    internal bool TryName(string? asked, out string? name) => _names.TryGetValue(asked ?? string.Empty, out name);

    /// <summary>Begins: from its return on nothing is missed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal void Start()
    {
        IEnumerable<string?> names = _settings.All ? [null] : _settings.NetworkNamespaces;
        foreach (string? name in names) Open(name, !_settings.InitialState);
        if (_settings.All) OpenRegistered(!_settings.InitialState);
        Schedule();
        foreach (LinkSource source in _sources) Process(source);
        while (_sources.Exists(s => !s.Observer.IsStarted)) Step(long.MaxValue);
    }

    /// <summary>The next event.</summary>
    /// <param name="deadline">Until when to wait, as <see cref="Environment.TickCount64"/> counts.</param>
    /// <returns>Null when the time is over, or nothing is left that could be watched.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal LinkEvent? Next(long deadline = long.MaxValue)
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            if (_events.TryDequeue(out LinkEvent? next)) return next;
            if (Environment.TickCount64 >= deadline || _sources.Count == 0) return null;
            Step(deadline);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        foreach (LinkSource source in _sources) source.Dispose();
        _sources.Clear();
        _wakeUp.Dispose();
    }

    /// <summary>Waits once and takes what came.</summary>
    private void Step(long deadline)
    {
        _stop.ThrowIfCancellationRequested();
        RunTimers();
        long wait = Math.Min(Math.Min(deadline, _nextRefresh), _nextRetry) - Environment.TickCount64;
        bool found = _poll.Wait(wait > int.MaxValue ? -1 : (int)Math.Max(0, wait));
        _stop.ThrowIfCancellationRequested();
        if (!found) return;
        bool isWoken = _poll.IsReady(_sources.Count);
        if (isWoken) _wakeUp.Reset();
        for (int i = 0; i < _sources.Count; i++)
        {
            if (isWoken || _poll.IsReady(i)) Process(_sources[i]);
        }

        Drop();
    }

    private void Process(LinkSource source)
    {
        // What is left after a batch makes the socket ready again at once, but a list that waits for the last announcement does not: so that is asked too.
        if (source.Observer.Process() && source.Observer.Listing is { IsCompleted: true }) _wakeUp.Signal();
        if (source.Observer.IsBehind && _nextRetry == long.MaxValue) _nextRetry = Environment.TickCount64 + RetryInterval;
    }

    private void RunTimers()
    {
        long now = Environment.TickCount64;
        if (now >= _nextRefresh)
        {
            if (_settings.All) OpenRegistered(isSilentAtFirst: false);
            foreach (LinkSource source in _sources) source.Observer.Refresh();
            foreach (LinkSource source in _sources) Process(source);
            Drop();
            Schedule();
        }

        if (now < _nextRetry) return;
        _nextRetry = long.MaxValue;
        foreach (LinkSource source in _sources.Where(s => s.Observer.IsBehind))
        {
            source.Observer.Refresh();
            Process(source);
        }
    }

    private void Schedule()
    {
        if (_settings.RefreshInterval > TimeSpan.Zero) _nextRefresh = Environment.TickCount64 + (long)Math.Max(1, _settings.RefreshInterval.TotalMilliseconds);
        Watch();
    }

    private void Watch() => _poll.Set([.. _sources.Select(s => s.Socket.Handle), _wakeUp.Handle]);

    /// <summary>Opens the registered namespaces that are not watched yet, and leaves those that are registered no more.</summary>
    private void OpenRegistered(bool isSilentAtFirst)
    {
        List<NetworkNamespace> registered = [.. NamespaceStore.List()];
        foreach (LinkSource source in _sources.Where(s => s.NetworkNamespace is not null && !registered.Exists(r => (r.FileSystem, r.Inode) == s.Identity)).ToList())
        {
            source.Tracker.Clear(DateTime.Now);
            source.Dispose();
            _sources.Remove(source);
        }

        foreach (NetworkNamespace found in registered)
        {
            if (!_sources.Exists(s => s.Identity == (found.FileSystem, found.Inode))) Open(found.Name, isSilentAtFirst);
        }
    }

    private void Open(string? name, bool isSilentAtFirst)
    {
        try
        {
            LinkSource source = LinkSource.Open(
                name,
                _settings.ReceiveBuffer,
                isSilentAtFirst,
                _events.Enqueue,
                _wakeUp.Signal,
                s => Lost(s.NetworkNamespace),
                (s, failure) =>
                {
                    if (!s.Observer.IsStarted) _dropped.Add(s);
                    Failed(s.NetworkNamespace, failure);
                });

            // Two names of one namespace would report everything twice.
            LinkSource? known = _sources.Find(s => s.Identity == source.Identity);
            if (known is null) _sources.Add(source);
            else source.Dispose();
            _names[name ?? string.Empty] = (known ?? source).NetworkNamespace;
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            // With -All a namespace may go meanwhile (first what is mounted on its name, then the name), and one that may not be entered is tried again and again.
            bool isGone = _settings.All && failure is MacvtapException { Id: FailureId.NetworkNamespaceNotFound or FailureId.ParameterInvalid };
            if (!isGone && _refused.Add(name ?? string.Empty)) Failed(name, failure);
        }
    }

    /// <summary>Leaves the namespaces whose links could not be listed even once.</summary>
    private void Drop()
    {
        if (_dropped.Count == 0) return;
        foreach (LinkSource source in _dropped)
        {
            _sources.Remove(source);
            source.Dispose();
        }

        _dropped.Clear();
        Watch();
    }
}
