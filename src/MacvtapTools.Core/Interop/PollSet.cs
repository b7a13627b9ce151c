using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>Descriptors to wait for, all at once (poll(2)). They must stay open while they are waited for.</summary>
internal sealed class PollSet
{
    private readonly List<SafeHandle> _handles = [];
    private Libc.PollRequest[] _requests = [];

    /// <summary>Starts again with these.</summary>
    internal void Set(IEnumerable<SafeHandle> handles)
    {
        _handles.Clear();
        _handles.AddRange(handles);
        _requests = new Libc.PollRequest[_handles.Count];
    }

    /// <summary>Waits until one can be read or has an error to report, or until the time is over.</summary>
    /// <param name="milliseconds">0 only looks, -1 waits for ever. An interruption by a signal counts as time over.</param>
    /// <returns>Whether there is something to read.</returns>
    internal unsafe bool Wait(int milliseconds)
    {
        int held = 0;
        try
        {
            for (; held < _requests.Length; held++)
            {
                bool isHeld = false;
                _handles[held].DangerousAddRef(ref isHeld);
                _requests[held] = new Libc.PollRequest { Descriptor = (int)_handles[held].DangerousGetHandle(), Wanted = Libc.POLLIN };
            }

            fixed (Libc.PollRequest* requests = _requests)
            {
                int found = Libc.Poll(requests, (nuint)_requests.Length, milliseconds);
                if (found >= 0) return found > 0;
            }

            KernelException failure = KernelException.FromLastError("wait for the kernel's messages");
            return failure.Errno == Errno.EINTR ? false : throw failure;
        }
        finally
        {
            while (--held >= 0) _handles[held].DangerousRelease();
        }
    }

    /// <summary>Whether the one at this place could be read, or had an error to report, when the last wait ended.</summary>
    internal bool IsReady(int place) => _requests[place].Found != 0;

    /// <summary>Whether any of them had an error to report, when the last wait ended.</summary>
    internal bool HasFailure => Array.Exists(_requests, static r => (r.Found & (Libc.POLLERR | Libc.POLLHUP)) != 0);
}
