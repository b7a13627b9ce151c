using System.Runtime.InteropServices;
using MacvtapTools.Links;

namespace MacvtapTools.Frames;

/// <summary>Frames for a guest, taken from its tap device: nobody else gets those.</summary>
internal sealed class TapSource : IFrameSource
{
    /// <summary>The longest frame that can wait: 65,535 bytes of IP, the header and a tag.</summary>
    internal const int LongestFrame = 65_553;

    private readonly byte[] _buffer;
    private readonly LinkSession _session;
    private readonly TapEndpoint _endpoint;
    private readonly bool _isOwn;
    private readonly ulong? _droppedBefore;
    private bool _isMoved;

    /// <summary>Makes a source of an open device.</summary>
    /// <param name="session">A session of the namespace where the link was when it was opened; stays open.</param>
    /// <param name="endpoint">The open device.</param>
    /// <param name="isOwn">Whether it is closed with this.</param>
    internal TapSource(LinkSession session, TapEndpoint endpoint, bool isOwn)
    {
        _session = session;
        _endpoint = endpoint;
        _isOwn = isOwn;
        _buffer = new byte[LongestFrame + endpoint.HeaderLength];
        Origin = new FrameOrigin(endpoint.Name, endpoint.InterfaceIndex, endpoint.NetworkNamespace);
        _droppedBefore = Find()?.Statistics?.ReceiveDropped;
    }

    /// <inheritdoc/>
    public FrameOrigin Origin { get; }

    /// <inheritdoc/>
    public IEnumerable<SafeHandle> Handles => _endpoint.Queue.Select(q => q.Descriptor);

    /// <inheritdoc/>
    public long ReceivedCount { get; private set; }

    /// <summary>What the link's own counter says. It counts for all who read from the device.</summary>
    public long DroppedCount { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(out FrameView frame)
    {
        if (!_endpoint.TryReceive(_buffer, TimeSpan.Zero, out int length))
        {
            frame = default;
            return false;
        }

        ReceivedCount++;
        int header = Math.Min(length, _endpoint.HeaderLength);
        frame = new FrameView { Bytes = _buffer.AsSpan(header, length - header), OriginalLength = length - header, Nanoseconds = FrameBuilder.Now, Direction = FrameDirection.In };
        return true;
    }

    /// <inheritdoc/>
    public LinkCondition Check()
    {
        _endpoint.RequireLife();
        if (_isMoved || Find() is not { } link)
        {
            _isMoved = true;
            return LinkCondition.Moved;
        }

        if (link.Statistics is { } counters && _droppedBefore is { } before && counters.ReceiveDropped >= before) DroppedCount = (long)(counters.ReceiveDropped - before);
        return link.AdministrativeStatus == AdministrativeStatus.Up ? LinkCondition.Up : LinkCondition.Down;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwn) _endpoint.Dispose();
    }

    // Another link has the index where this one moved away.
    private Link? Find() => _session.Reader.Find(_endpoint.InterfaceIndex) is { } link && link is MacvtapLink or TapLink ? link : null;
}
