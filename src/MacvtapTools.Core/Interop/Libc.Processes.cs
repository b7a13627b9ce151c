using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Child processes: see posix_spawn(3), waitid(2), kill(2), memfd_create(2). The spawn functions give the error number and leave errno alone.</summary>
internal static partial class Libc
{
    internal const int SIGKILL = 9;
    internal const int SIGTERM = 15;

    internal const int O_TRUNC = 0x200;
    internal const int O_APPEND = 0x400;

    internal const short POSIX_SPAWN_SETPGROUP = 0x2;
    internal const short POSIX_SPAWN_SETSIGDEF = 0x4;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x8;

    private const int P_PID = 1;
    private const int WNOHANG = 1;
    private const int WEXITED = 4;
    private const int WNOWAIT = 0x01000000;
    private const int SignalInfoSize = 128; // sizeof(siginfo_t)
    private const int F_DUPFD_CLOEXEC = 1030;
    private const int F_ADD_SEALS = 1033;
    private const int F_SEAL_SHRINK = 2;
    private const int F_SEAL_GROW = 4;
    private const uint MFD_CLOEXEC = 1;
    private const uint MFD_ALLOW_SEALING = 2;

    /// <summary>Waits until a child has ended, and leaves it to be reaped. False when it is no child, or was reaped by others.</summary>
    internal static unsafe bool AwaitEnd(int processId)
    {
        byte* information = stackalloc byte[SignalInfoSize];
        int result;
        do
            result = WaitId(P_PID, (uint)processId, information, WEXITED | WNOWAIT);
        while (result < 0 && LastError == Errno.EINTR);
        return result == 0;
    }

    /// <summary>Reaps a child that has ended. False when there is nothing to reap.</summary>
    /// <param name="processId">The child.</param>
    /// <param name="status">How it ended, as wait(2) has it: a signal in the low 7 bits, else the exit code in the next byte.</param>
    internal static bool Reap(int processId, out int status)
    {
        int result;
        do
            result = WaitPid(processId, out status, WNOHANG);
        while (result < 0 && LastError == Errno.EINTR);
        return result == processId;
    }

    /// <summary>Another descriptor of the same open file, at this number or above, close-on-exec. Null on failure.</summary>
    internal static SafeFileHandle? Duplicate(SafeHandle file, int lowest)
    {
        using Borrowed held = new(file);
        int descriptor = FileControl(held.Descriptor, F_DUPFD_CLOEXEC, lowest);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>A file in memory that cannot grow beyond its size (writes then fail with EPERM). Null on failure.</summary>
    internal static SafeFileHandle? MemoryFile(string name, int size)
    {
        int descriptor = MemoryFileCreate(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (descriptor < 0)
            return null;
        SafeFileHandle file = new(descriptor, ownsHandle: true);
        if (Truncate(descriptor, size) == 0 && FileControl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0)
            return file;
        file.Dispose();
        return null;
    }

    /// <summary>kill(2). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Spawn(out int processId, string path, nint actions, nint attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int SpawnActionsInitialize(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int SpawnActionsDestroy(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int SpawnActionsDuplicate(nint actions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclose")]
    internal static partial int SpawnActionsClose(nint actions, int descriptor);

    /// <summary>glibc 2.34; no other C library of Linux has it.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int SpawnActionsCloseFrom(nint actions, int lowest);

    /// <summary>glibc 2.29, musl 1.1.24.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SpawnActionsChangeDirectory(nint actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInitialize(nint attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(nint attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnAttributesFlags(nint attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    internal static partial int SpawnAttributesGroup(nint attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnAttributesMask(nint attributes, nint signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SpawnAttributesDefaults(nint attributes, nint signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    internal static partial int NoSignals(nint signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    internal static partial int AllSignals(nint signals);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static unsafe partial int WaitId(int type, uint id, byte* information, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int processId, out int status, int options);

    // Variadic in C; every Linux ABI of .NET passes integer arguments of such a function as those of any other.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFileCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, nint length);
}
