using MacvtapTools.Events;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Events;

/// <summary>A watch that a test reads on its own thread, with all that it said so far.</summary>
internal sealed class Watch : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// What the kernel does not announce even of links that are up: a lower device without a filter of its own gets promiscuous with the first macvlan on it
    /// (__dev_set_rx_mode in net/core/dev.c, which does not notify).
    /// </summary>
    private static readonly string[] _silent = ["Promiscuity"];

    private readonly LinkWatcher _watcher;

    private Watch(WatchSettings settings, CancellationToken stop)
    {
        _watcher = new LinkWatcher(settings, stop) { Lost = n => Losses.Add(n), Failed = (_, e) => Failures.Add(e) };
        _watcher.Start();
    }

    internal List<LinkEvent> Events { get; } = [];

    /// <summary>The namespaces of which something was lost, once for each time.</summary>
    internal List<string?> Losses { get; } = [];

    internal List<Exception> Failures { get; } = [];

    internal IEnumerable<Link> Links => _watcher.Links;

    internal static Watch Over(string networkNamespace) => Over(new WatchSettings { NetworkNamespaces = [networkNamespace], RefreshInterval = TimeSpan.Zero });

    internal static Watch Over(WatchSettings settings, CancellationToken stop = default) => new(settings, stop);

    /// <summary>Reads on until an event fits.</summary>
    internal LinkEvent Until(Predicate<LinkEvent> fits)
    {
        long deadline = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        while (_watcher.Next(deadline) is { } found)
        {
            Events.Add(found);
            if (fits(found)) return found;
        }

        throw new Xunit.Sdk.XunitException($"It never came. What came:{Environment.NewLine}{string.Join(Environment.NewLine, Events.Select(e => $"{e} {(e.Resync ? "(resync)" : "")}"))}");
    }

    /// <summary>Reads on until an event of this kind is about this link, and changes this if that is given.</summary>
    internal LinkEvent Until(LinkEventKind kind, string name, string? changed = null) => Until(e => e.Event == kind && e.Name == name && (changed is null || e.Changed.Contains(changed)));

    /// <summary>Reads what comes for so long.</summary>
    internal void For(int milliseconds)
    {
        long deadline = Environment.TickCount64 + milliseconds;
        while (_watcher.Next(deadline) is { } found) Events.Add(found);
    }

    /// <summary>Requires that what it knows is what a new list says.</summary>
    internal void AssertTrue(string networkNamespace)
    {
        using LinkSession session = LinkSession.Open(networkNamespace);
        Dictionary<int, Link> known = _watcher.Links.ToDictionary(l => l.InterfaceIndex);
        foreach (Link link in session.Reader.List().Links)
        {
            Assert.True(known.Remove(link.InterfaceIndex, out Link? mine), $"{link.Name} is not known");
            Assert.Empty(LinkComparison.Links(mine, link).Concat(LinkComparison.Ports(mine, link)).Except(_silent));
        }

        Assert.Empty(known);
    }

    public void Dispose() => _watcher.Dispose();
}
