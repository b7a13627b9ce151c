using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Frames;

/// <summary>Writes to a FIFO. A reader that takes nothing holds up a write to it, but not the stop of the command.</summary>
/// <param name="pipe">The open FIFO; closed with this.</param>
/// <param name="stop">Ends a wait for the reader.</param>
internal sealed class PipeStream(SafeFileHandle pipe, CancellationToken stop) : Stream
{
    private const int Slice = 50;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">Its reader has gone.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int written = Libc.Write(pipe, buffer);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }

            Errno errno = Libc.LastError;
            if (errno == Errno.EPIPE) throw new IOException("its reader has ended.");
            if (errno != Errno.EAGAIN) throw new IOException(KernelException.TextOf(errno));
            stop.ThrowIfCancellationRequested();
            Libc.Poll(pipe, Libc.POLLOUT, Slice);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) pipe.Dispose();
        base.Dispose(disposing);
    }
}
