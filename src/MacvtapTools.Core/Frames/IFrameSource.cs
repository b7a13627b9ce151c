using System.Runtime.InteropServices;
using MacvtapTools.Failures;

namespace MacvtapTools.Frames;

/// <summary>Something that frames come from.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>Where the frames are from.</summary>
    FrameOrigin Origin { get; }

    /// <summary>Any of them is readable when there may be a frame.</summary>
    IEnumerable<SafeHandle> Handles { get; }

    /// <summary>How many frames came so far, wanted or not.</summary>
    long ReceivedCount { get; }

    /// <summary>How many frames were lost because they were not taken in time, so far.</summary>
    long DroppedCount { get; }

    /// <summary>The next frame, without waiting.</summary>
    /// <param name="frame">The frame; valid until the next call.</param>
    /// <returns>False when none is there now.</returns>
    /// <exception cref="MacvtapException">The source is gone.</exception>
    bool TryRead(out FrameView frame);

    /// <summary>Looks at the link.</summary>
    /// <exception cref="MacvtapException">The source is gone.</exception>
    LinkCondition Check();
}
