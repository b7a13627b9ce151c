using MacvtapTools.Failures;
using MacvtapTools.Frames;
using MacvtapTools.Links;

namespace MacvtapTools.Kernel.Tests.Capture;

/// <summary>A collector over one source of a namespace, and what it tells.</summary>
internal sealed class FrameBench : IDisposable
{
    private static readonly long Patience = 10_000;

    private readonly LinkSession _session;
    private readonly IFrameSource _source;
    private readonly FrameCollector _collector;

    private FrameBench(LinkSession session, IFrameSource source, FrameFilter filter, CancellationToken stop)
    {
        _session = session;
        _source = source;
        _collector = new FrameCollector([source], filter, stop) { Changed = (_, c) => Changes.Add(c), Lost = (_, f) => Failure = f };
    }

    internal List<LinkCondition> Changes { get; } = [];

    internal MacvtapException? Failure { get; private set; }

    internal IFrameSource Source => _source;

    /// <summary>Watches a link with a packet socket.</summary>
    internal static FrameBench Watch(string networkNamespace, string link, FrameFilter? filter = null, int size = 1 << 20, bool isPromiscuous = false, CancellationToken stop = default)
    {
        LinkSession session = LinkSession.Open(networkNamespace);
        return new FrameBench(session, PacketSource.Open(session, session.Reader.Find(link)!, size, isPromiscuous), filter ?? FrameFilter.Everything, stop);
    }

    /// <summary>Receives from an open tap device.</summary>
    internal static FrameBench Receive(string networkNamespace, TapEndpoint endpoint, FrameFilter? filter = null)
    {
        LinkSession session = LinkSession.Open(networkNamespace);
        return new FrameBench(session, new TapSource(session, endpoint, isOwn: true), filter ?? FrameFilter.Everything, default);
    }

    /// <summary>The next frame of a type, or null when the time is over or the source is gone.</summary>
    internal EthernetFrame? Next(int type = 0x88b5, long? milliseconds = null)
    {
        long deadline = Environment.TickCount64 + (milliseconds ?? Patience);
        while (_collector.TryNext(deadline, out FrameView frame, out IFrameSource? source))
        {
            EthernetFrame found = frame.ToFrame(source!.Origin);
            if (found.TypeNumber == type) return found;
        }

        return null;
    }

    /// <summary>Takes what comes until something is true.</summary>
    internal void Until(Func<bool> condition)
    {
        for (long end = Environment.TickCount64 + Patience; !condition();)
        {
            if (Environment.TickCount64 > end) throw new TimeoutException("It did not happen.");
            _collector.TryNext(Environment.TickCount64 + 20, out _, out _);
        }
    }

    public void Dispose()
    {
        _collector.Dispose();
        _source.Dispose();
        _session.Dispose();
    }
}
