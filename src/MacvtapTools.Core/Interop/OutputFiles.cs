using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>
/// Opens files to write to. A FIFO that nobody reads would hold up open(2) until somebody does, whatever the user presses: so it is asked again and again instead, until
/// there is a reader.
/// </summary>
internal static class OutputFiles
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a path leads to a FIFO.</summary>
    internal static bool IsPipe(string path) => Libc.Status(Libc.AT_FDCWD, path, 0, out FileStatus status) && status.IsPipe;

    /// <summary>Whether several programs can write to a path: a FIFO, a terminal, /dev/null; a file is written anew by each.</summary>
    internal static bool IsShared(string path) => Libc.Status(Libc.AT_FDCWD, path, 0, out FileStatus status) && !status.IsRegular;

    /// <summary>Opens a file; writes to it wait as usual.</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">O_CREAT, O_TRUNC and O_APPEND.</param>
    /// <param name="mode">The permission bits of a file that is made.</param>
    /// <param name="deadline">Until when to wait for a reader, as <see cref="Environment.TickCount64"/> counts.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="KernelException">It cannot be opened; ENXIO: nobody reads the FIFO.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static SafeFileHandle Open(string path, int flags, uint mode, long deadline, CancellationToken stop)
    {
        while (true)
        {
            if (Libc.Open(path, Libc.O_WRONLY | Libc.O_NONBLOCK | flags, mode) is { } file)
            {
                Libc.SetFileFlags(file, flags & Libc.O_APPEND);
                return file;
            }

            KernelException failure = KernelException.FromLastError($"open {path}");
            if (failure.Errno != Errno.ENXIO || !IsPipe(path) || Environment.TickCount64 >= deadline) throw failure;
            stop.WaitHandle.WaitOne(Slice);
            stop.ThrowIfCancellationRequested();
        }
    }
}
