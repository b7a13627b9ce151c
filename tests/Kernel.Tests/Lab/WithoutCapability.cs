using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using MacvtapTools.Interop;

namespace MacvtapTools.Kernel.Tests;

/// <summary>Runs something on a thread of its own that has given up CAP_NET_ADMIN (capset(2) is a matter of the thread), as a process of an ordinary user has none.</summary>
internal static partial class WithoutCapability
{
    private const uint Version3 = 0x20080522; // _LINUX_CAPABILITY_VERSION_3
    private const int NetAdmin = 12; // CAP_NET_ADMIN

    internal static void Run(Action body)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                GiveUp();
                body();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static void GiveUp()
    {
        var header = new Header { Version = Version3 };
        var sets = new Sets[2];
        if (Get(ref header, sets) < 0) throw KernelException.FromLastError("capget");
        sets[0].Effective &= ~(1u << NetAdmin);
        sets[0].Permitted &= ~(1u << NetAdmin);
        if (Set(ref header, sets) < 0) throw KernelException.FromLastError("capset");
    }

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    private static partial int Get(ref Header header, [In, Out] Sets[] sets);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int Set(ref Header header, [In] Sets[] sets);

    private struct Header
    {
        internal uint Version;
        internal int Thread; // 0: the calling one
    }

    private struct Sets
    {
        internal uint Effective;
        internal uint Permitted;
        internal uint Inheritable;
    }
}
