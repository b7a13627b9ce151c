using MacvtapTools.Failures;

namespace MacvtapTools.Frames;

/// <summary>Writes what sources give to a capture file. What was written can be read at any time, also when the process ends in the middle.</summary>
internal sealed class FrameRecorder : IDisposable
{
    private readonly Stream _file;
    private readonly PcapngWriter _writer;
    private readonly string _path;
    private readonly long _start = FrameBuilder.Now;
    private readonly Dictionary<IFrameSource, int> _numbers = [];
    private readonly Dictionary<FrameOrigin, int> _origins = [];
    private readonly int _snapLength;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether to add a section to a file that is there.</param>
    /// <param name="overwrite">Whether to replace a file that is there.</param>
    /// <param name="snapLength">Where frames are cut, in bytes; 0 for nowhere.</param>
    /// <param name="deadline">Until when to wait for the reader of a FIFO, as <see cref="Environment.TickCount64"/> counts.</param>
    /// <param name="stop">Ends that waiting, and waiting for a reader that takes nothing.</param>
    /// <exception cref="MacvtapException">What <see cref="CaptureFiles.OpenToWrite"/> refuses.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal FrameRecorder(string path, bool append, bool overwrite, int snapLength = 0, long deadline = long.MaxValue, CancellationToken stop = default)
    {
        _path = path;
        _snapLength = snapLength;
        _file = CaptureFiles.OpenToWrite(path, append, overwrite, deadline, stop);
        _writer = new PcapngWriter(_file);
    }

    /// <summary>Whether the file took no more: what stands in it can be read, and nothing more goes into it.</summary>
    internal bool IsBroken => _writer.IsBroken;

    internal long FrameCount => _writer.FrameCount;

    internal long ByteCount => _writer.ByteCount;

    private int Most => _snapLength == 0 ? int.MaxValue : _snapLength;

    /// <summary>Tells of a source before its first frame, so that the file knows it even when none comes.</summary>
    internal void Add(IFrameSource source) => _numbers[source] = Guard(() => _writer.AddInterface(source.Origin, _snapLength));

    /// <summary>Writes a frame of a source.</summary>
    internal void Write(IFrameSource source, in FrameView frame)
    {
        try
        {
            _writer.Write(_numbers[source], frame, Most);
        }
        catch (IOException failure)
        {
            throw CaptureFiles.WriteFailed(_path, failure);
        }
    }

    /// <summary>Writes a frame of its own.</summary>
    internal void Write(EthernetFrame frame)
    {
        if (!_origins.TryGetValue(frame.Origin, out int number)) _origins[frame.Origin] = number = Guard(() => _writer.AddInterface(frame.Origin, _snapLength));
        var view = new FrameView { Bytes = frame.Data, OriginalLength = frame.OriginalLength, Nanoseconds = frame.UnixTimeNanoseconds, Direction = frame.Direction };
        try
        {
            _writer.Write(number, view, Most);
        }
        catch (IOException failure)
        {
            throw CaptureFiles.WriteFailed(_path, failure);
        }
    }

    /// <summary>Gives everything so far to the file.</summary>
    internal void Flush() => Guard(() =>
    {
        _writer.Flush();
        return 0;
    });

    /// <summary>Writes what was counted for a source that ends.</summary>
    internal void Close(IFrameSource source)
    {
        if (!_numbers.Remove(source, out int number)) return;
        DroppedCount += source.DroppedCount;
        if (IsBroken) return;
        Guard(() =>
        {
            _writer.WriteStatistics(number, _start, FrameBuilder.Now, source.ReceivedCount, source.DroppedCount);
            return 0;
        });
    }

    /// <summary>Frames lost by the sources that were closed.</summary>
    internal long DroppedCount { get; private set; }

    /// <summary>What there is in the file now.</summary>
    internal FrameCapture Describe() => new(_path, FrameCount, ByteCount, DroppedCount, TimeSpan.FromTicks((FrameBuilder.Now - _start) / 100));

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Flush();
        }
        catch (IOException)
        {
            // It was reported when it was first met; the blocks before stand.
        }
        finally
        {
            _file.Dispose();
        }
    }

    private T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException failure)
        {
            throw CaptureFiles.WriteFailed(_path, failure);
        }
    }
}
