using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Something that another thread can wake a <see cref="PollSet"/> with (eventfd(2)). Signalling is safe from any thread, also after the end.</summary>
internal sealed partial class WakeUp : IDisposable
{
    private const int EFD_NONBLOCK = 0x800;
    private const int EFD_CLOEXEC = 0x80000;

    private readonly SafeFileHandle _event;

    /// <summary>Makes one that is not signalled.</summary>
    /// <exception cref="KernelException">EMFILE, ENFILE: no descriptor left.</exception>
    internal WakeUp()
    {
        _event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (_event.IsInvalid) throw KernelException.FromLastError("open an event descriptor");
    }

    /// <summary>The descriptor: readable from a signal until <see cref="Reset"/>.</summary>
    internal SafeFileHandle Handle => _event;

    /// <summary>Wakes the waiting thread, now or when it waits next.</summary>
    internal unsafe void Signal()
    {
        ulong one = 1;
        try
        {
            _ = write(_event, (byte*)&one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    /// <summary>Takes all signals back.</summary>
    internal void Reset()
    {
        Span<byte> count = stackalloc byte[sizeof(ulong)];
        _ = Libc.Read(_event, count);
    }

    /// <inheritdoc/>
    public void Dispose() => _event.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial SafeFileHandle eventfd(uint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint write(SafeFileHandle file, byte* buffer, nuint length);
}
