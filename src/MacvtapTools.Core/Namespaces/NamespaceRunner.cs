using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>Runs native calls inside a network namespace.</summary>
internal static class NamespaceRunner
{
    /// <summary>
    /// Runs native calls inside a namespace: inline when the calling thread is in it already, else on a thread of their own that enters the namespace and ends
    /// there. The calling thread never moves.
    /// </summary>
    /// <remarks>
    /// Only native calls may run inside, such as opening a socket, whose descriptor keeps its namespace wherever it is used later. Threads inherit the namespace
    /// of the thread that starts them: anything that starts one (tasks, timers, processes, name look-ups) would leave it in the wrong namespace. So do not wait
    /// for locks that other threads hold, and do not touch the thread pool.
    /// </remarks>
    /// <param name="handle">The namespace.</param>
    /// <param name="nativeOnly">The calls.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.AccessDenied"/>: entering needs CAP_SYS_ADMIN, in the caller's own user namespace and in the one that owns the network namespace
    /// (setns(2)). Exceptions of the calls come through as they are.
    /// </exception>
    internal static T Run<T>(NamespaceHandle handle, Func<T> nativeOnly)
    {
        if (handle.IsCurrent)
            return nativeOnly();
        return DedicatedThread.Run(() =>
        {
            if (Libc.SetNamespace(handle.File, Libc.CLONE_NEWNET) < 0)
                throw Refused(handle, KernelException.FromLastError($"setns {handle.Path}"));
            return nativeOnly();
        });
    }

    /// <summary>Opens a file or a socket inside a namespace. The error number belongs to the thread that opens, so the failure is made there.</summary>
    /// <param name="handle">The namespace.</param>
    /// <param name="operation">For the failure: "open /dev/net/tun".</param>
    /// <param name="nativeOnly">Opens it, and gives null or an invalid handle where that failed.</param>
    /// <exception cref="MacvtapException">AccessDenied: the namespace may not be entered.</exception>
    /// <exception cref="KernelException">It could not be opened.</exception>
    internal static SafeFileHandle Open(NamespaceHandle handle, string operation, Func<SafeFileHandle?> nativeOnly) =>
        Run(handle, () => nativeOnly() is { IsInvalid: false } opened ? opened : throw KernelException.FromLastError(operation));

    private static MacvtapException Refused(NamespaceHandle handle, KernelException inner)
    {
        string what = handle.DisplayName ?? handle.Path;
        return inner.Errno == Errno.EPERM
            ? new MacvtapException(
                FailureId.AccessDenied,
                $"The network namespace '{what}' may not be entered.",
                "It needs CAP_SYS_ADMIN, in the user namespace of this process and in the one that owns the network namespace.",
                what,
                inner)
            : new MacvtapException(FailureId.KernelError, $"The network namespace '{what}' cannot be entered.", null, what, inner);
    }
}
