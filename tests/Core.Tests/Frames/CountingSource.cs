using System.Runtime.InteropServices;
using MacvtapTools.Frames;

namespace MacvtapTools.Core.Tests.Frames;

/// <summary>A source that has counted something, and gives as many frames as it is told.</summary>
internal sealed class CountingSource(string name, long received, int frames = 0) : IFrameSource
{
    private static readonly byte[] Frame = new byte[60];

    private int _left = frames;

    public FrameOrigin Origin { get; } = new(name, 1, null);

    public IEnumerable<SafeHandle> Handles => [];

    public long ReceivedCount => received;

    public long DroppedCount => 0;

    public bool TryRead(out FrameView frame)
    {
        frame = new FrameView { Bytes = Frame, OriginalLength = Frame.Length };
        return _left-- > 0;
    }

    public LinkCondition Check() => LinkCondition.Up;

    public void Dispose()
    {
    }
}
