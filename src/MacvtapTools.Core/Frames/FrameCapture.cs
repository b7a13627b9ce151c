namespace MacvtapTools;

/// <summary>What was written to a capture file.</summary>
public sealed class FrameCapture
{
    internal FrameCapture(string path, long frameCount, long byteCount, long droppedCount, TimeSpan duration)
    {
        Path = path;
        FrameCount = frameCount;
        ByteCount = byteCount;
        DroppedCount = droppedCount;
        Duration = duration;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many frames were written, without those that the file had before.</summary>
    public long FrameCount { get; }

    /// <summary>How many bytes of frames.</summary>
    public long ByteCount { get; }

    /// <summary>How many frames the kernel had no room for while they were not taken.</summary>
    public long DroppedCount { get; }

    /// <summary>From the opening of the file to its end.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The file and what is in it.</summary>
    public override string ToString() => $"{Path}: {FrameCount} frame{(FrameCount == 1 ? string.Empty : "s")}, {ByteCount} bytes";
}
