namespace MacvtapTools.Frames;

/// <summary>Reads a file from its beginning to its end, a piece at a time, and knows where it is. Pipes will do.</summary>
internal sealed class CaptureStream(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[256 << 10];
    private int _start;
    private int _end;

    /// <summary>The offset of what is read next.</summary>
    internal long Offset { get; private set; }

    /// <summary>How much of the file there is in all; null where that cannot be known.</summary>
    internal long? Length => stream.CanSeek ? stream.Length : null;

    /// <summary>The next bytes, without going on.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Fewer where the file ends. Valid until the next call.</returns>
    internal ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count) Fill(count);
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Goes on.</summary>
    /// <param name="count">By how many of the bytes that were looked at.</param>
    internal void Skip(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Fill(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (count > _buffer.Length) Array.Resize(ref _buffer, count);
        while (_end < count)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) return;
            _end += read;
        }
    }
}
