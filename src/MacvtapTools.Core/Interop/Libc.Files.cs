using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Files, by path or below an open directory. Each function retries EINTR, opens with O_CLOEXEC, and leaves errno to <see cref="KernelException.FromLastError(string)"/>.</summary>
internal static partial class Libc
{
    internal const int AT_FDCWD = -100;

    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int O_PATH = 0x200000;

    // Two flags have values of their own on ARM and POWER (arch/arm64/include/uapi/asm/fcntl.h).
    internal static readonly int O_DIRECTORY = HasOwnFileFlags ? 0x4000 : 0x10000;
    internal static readonly int O_NOFOLLOW = HasOwnFileFlags ? 0x8000 : 0x20000;

    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const int AT_STATX_DONT_SYNC = 0x4000;

    internal const int R_OK = 4;
    internal const int W_OK = 2;
    internal const int X_OK = 1;

    internal const int LOCK_EX = 2;

    private const int F_SETFL = 4;
    private const int AT_EACCESS = 0x200;
    private const uint STATX_TYPE = 1;
    private const uint STATX_BASIC_STATS = 0x7FF;
    private const uint STATX_BTIME = 0x800;

    private static bool HasOwnFileFlags =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le;

    /// <summary>The last error of the calling thread.</summary>
    internal static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>openat(2), with O_CLOEXEC. Null on failure.</summary>
    internal static SafeFileHandle? Open(int directory, string path, int flags, uint mode = 0)
    {
        int descriptor;
        do
            descriptor = OpenAt(directory, path, flags | O_CLOEXEC, mode);
        while (descriptor < 0 && LastError == Errno.EINTR);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Opens a path of its own, with O_CLOEXEC. Null on failure.</summary>
    internal static SafeFileHandle? Open(string path, int flags, uint mode = 0) => Open(AT_FDCWD, path, flags, mode);

    /// <summary>openat(2) below an open directory, with O_CLOEXEC. Null on failure.</summary>
    internal static SafeFileHandle? Open(SafeFileHandle directory, string path, int flags)
    {
        using Borrowed held = new(directory);
        return Open(held.Descriptor, path, flags);
    }

    /// <summary>Opens again what an O_PATH descriptor names: the very same inode, whatever its path leads to by now. Null on failure.</summary>
    internal static SafeFileHandle? Reopen(SafeFileHandle file, int flags)
    {
        using Borrowed held = new(file);
        return Open($"/proc/self/fd/{held.Descriptor}", flags);
    }

    /// <summary>read(2). Negative on failure.</summary>
    internal static unsafe int Read(SafeFileHandle file, Span<byte> buffer)
    {
        nint count;
        fixed (byte* start = buffer)
        {
            do
                count = Read(file, start, (nuint)buffer.Length);
            while (count < 0 && LastError == Errno.EINTR);
        }

        return (int)count;
    }

    /// <summary>pread(2) from the beginning, wherever another thread is in the file. Negative on failure.</summary>
    internal static unsafe int ReadFromStart(SafeFileHandle file, Span<byte> buffer)
    {
        nint count;
        fixed (byte* start = buffer)
        {
            do
                count = ReadAt(file, start, (nuint)buffer.Length, 0, 0, 0);
            while (count < 0 && LastError == Errno.EINTR);
        }

        return (int)count;
    }

    /// <summary>write(2), one call. Negative on failure.</summary>
    internal static unsafe int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        nint count;
        fixed (byte* start = bytes)
        {
            do
                count = Write(file, start, (nuint)bytes.Length);
            while (count < 0 && LastError == Errno.EINTR);
        }

        return (int)count;
    }

    /// <summary>statx(2) of a path, all basic fields. False on failure.</summary>
    internal static bool Status(int directory, string path, int flags, out FileStatus status)
    {
        nint text = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            return Status(directory, text, flags, STATX_BASIC_STATS | STATX_BTIME, out status);
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>statx(2) of an open file. False on failure.</summary>
    internal static bool Status(SafeFileHandle file, out FileStatus status)
    {
        using Borrowed held = new(file);
        return Status(held.Descriptor, string.Empty, AT_EMPTY_PATH, out status);
    }

    /// <summary>
    /// statx(2) of a name below a directory, following links, for its type and device number only and without asking a remote file system (it cannot hang on a
    /// dead NFS server). False on failure.
    /// </summary>
    /// <param name="directory">The directory's descriptor.</param>
    /// <param name="name">The name, with its terminating NUL.</param>
    /// <param name="status">What was found; only type and device number are sure to be filled.</param>
    internal static unsafe bool TypeOf(int directory, ReadOnlySpan<byte> name, out FileStatus status)
    {
        fixed (byte* start = name)
            return Status(directory, (nint)start, AT_STATX_DONT_SYNC, STATX_TYPE, out status);
    }

    /// <summary>
    /// Whether the calling thread may use a file, as open(2) would decide: with its effective user (faccessat2, AT_EACCESS, Linux 5.8). An older kernel
    /// answers for the real user. Does not open anything; follows no symbolic link.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="mode">R_OK, W_OK or both.</param>
    internal static bool MayAccess(string path, int mode)
    {
        nint text = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            if (SystemCall.Invoke(SystemCall.Faccessat2, AT_FDCWD, text, mode, AT_EACCESS | AT_SYMLINK_NOFOLLOW, 0) == 0)
                return true;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }

        return LastError == Errno.ENOSYS && Access(path, mode) == 0;
    }

    /// <summary>readlinkat(2). Null on failure.</summary>
    internal static unsafe string? ReadLink(SafeFileHandle directory, string path)
    {
        const int Longest = 4096; // PATH_MAX
        byte* buffer = stackalloc byte[Longest];
        nint length = ReadLinkAt(directory, path, buffer, Longest);
        return length < 0 ? null : System.Text.Encoding.UTF8.GetString(buffer, (int)length);
    }

    /// <summary>The type of the file system that an open file (O_PATH will do) is on: the first field of struct statfs. 0 on failure.</summary>
    internal static unsafe uint FileSystemType(SafeFileHandle file)
    {
        nint* buffer = stackalloc nint[64]; // struct statfs has 120 bytes on 64-bit architectures, less on others
        return FStatFs(file, buffer) == 0 ? (uint)buffer[0] : 0;
    }

    /// <summary>flock(2). False on failure.</summary>
    internal static bool Lock(SafeFileHandle file, int operation)
    {
        int result;
        do
            result = FLock(file, operation);
        while (result < 0 && LastError == Errno.EINTR);
        return result == 0;
    }

    /// <summary>fcntl(2), F_SETFL: O_NONBLOCK and O_APPEND of an open file.</summary>
    internal static void SetFileFlags(SafeFileHandle file, int flags) => _ = FileControl(file, F_SETFL, flags);

    /// <summary>mkdir(2). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeDirectory(string path, uint mode);

    /// <summary>rmdir(2). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RemoveDirectory(string path);

    /// <summary>unlink(2). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unlink(string path);

    /// <summary>ioctl(2) with an argument by value or by address. Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle file, nuint request, nint argument);

    private static unsafe bool Status(int directory, nint path, int flags, uint mask, out FileStatus status)
    {
        fixed (FileStatus* answer = &status)
            return SystemCall.Invoke(SystemCall.Statx, directory, path, flags, (nint)mask, (nint)answer) == 0;
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int directory, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(SafeFileHandle file, byte* buffer, nuint length);

    // 32-bit libraries differ in the width and the place of the offset: it is zero in every one of them.
    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static unsafe partial nint ReadAt(SafeFileHandle file, byte* buffer, nuint length, nint offset, nint zero, nint alsoZero);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(SafeFileHandle file, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint ReadLinkAt(SafeFileHandle directory, string path, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    private static unsafe partial int FStatFs(SafeFileHandle file, nint* buffer);

    // Variadic in C; every Linux ABI of .NET passes integer arguments of such a function as those of any other.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);
}
