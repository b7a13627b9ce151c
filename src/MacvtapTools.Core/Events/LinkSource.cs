using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Events;

/// <summary>One namespace that is watched: its sockets, one for announcements and one for lists, and what is known of its links.</summary>
internal sealed class LinkSource : IDisposable
{
    private readonly LinkSession _session;

    private LinkSource(LinkSession session, EventSocket socket, LinkTracker tracker, LinkObserver observer)
    {
        _session = session;
        Socket = socket;
        Tracker = tracker;
        Observer = observer;
    }

    internal EventSocket Socket { get; }

    internal LinkTracker Tracker { get; }

    internal LinkObserver Observer { get; }

    /// <summary>How the namespace was called; null for the current one.</summary>
    internal string? NetworkNamespace => _session.Namespace.DisplayName;

    /// <summary>What tells namespaces apart, whatever they are called.</summary>
    internal (ulong FileSystem, ulong Inode) Identity => (_session.Namespace.FileSystem, _session.Namespace.Inode);

    /// <summary>Opens one. Its first list is not read yet.</summary>
    /// <param name="networkNamespace">A name, a path or a process id; null for the current one.</param>
    /// <param name="receiveBuffer">How many bytes of announcements may wait.</param>
    /// <param name="isSilentAtFirst">Whether the links that are there at the start are not reported.</param>
    /// <param name="report">Takes each event.</param>
    /// <param name="wake">Called from any thread when there is something to process.</param>
    /// <param name="lost">Called when announcements were lost.</param>
    /// <param name="failed">Called when the links cannot be listed.</param>
    /// <exception cref="Failures.MacvtapException">NetworkNamespaceNotFound, ParameterInvalid, AccessDenied.</exception>
    internal static LinkSource Open(
        string? networkNamespace,
        int receiveBuffer,
        bool isSilentAtFirst,
        Action<LinkEvent> report,
        Action wake,
        Action<LinkSource> lost,
        Action<LinkSource, Exception> failed)
    {
        LinkSession session = LinkSession.Open(networkNamespace);
        EventSocket? socket = null;
        try
        {
            socket = NamespaceRunner.Run(session.Namespace, () => EventSocket.Open(RtnetlinkConstants.RTNLGRP_LINK, receiveBuffer));
            LinkSource source = null!;
            var tracker = new LinkTracker(session.Namespace.DisplayName, e =>
            {
                if (source.Observer.IsStarted || !isSilentAtFirst) report(e);
            });
            var observer = new LinkObserver(socket, () => session.Reader.List(), tracker) { Wake = wake, Lost = () => lost(source), Failed = e => failed(source, e) };
            return source = new LinkSource(session, socket, tracker, observer);
        }
        catch
        {
            socket?.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <summary>Closes the sockets; the one for lists when the list is read that is under way.</summary>
    public void Dispose()
    {
        Socket.Dispose();
        if (Observer.Listing is { IsCompleted: false } listing) listing.ContinueWith(_ => _session.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        else _session.Dispose();
    }
}
