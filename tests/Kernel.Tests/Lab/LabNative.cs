using System.Runtime.InteropServices;

namespace MacvtapTools.Kernel.Tests;

/// <summary>System calls that only tests need.</summary>
internal static partial class LabNative
{
    internal const int AF_PACKET = 17;
    internal const int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    internal const int ETH_P_ALL = 3;
    internal const int SOL_SOCKET = 1;
    internal const int SO_RCVTIMEO = 20;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static unsafe partial int Bind(nint socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static unsafe partial int SetOption(nint socket, int level, int option, nint* value, uint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    internal static unsafe partial nint Send(nint socket, byte* frame, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    internal static unsafe partial nint Receive(nint socket, byte* frame, nuint length, int flags, byte* address, uint* addressLength);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint IndexOf(string name);

    /// <summary>setfsuid(2): the calling thread alone, with its capabilities over files, becomes another user's for file access.</summary>
    [LibraryImport("libc", EntryPoint = "setfsuid", SetLastError = true)]
    internal static partial int SetFileUser(uint user);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    internal static partial int Duplicate(nint descriptor);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int HardLink(string from, string to);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string from, string to);
}
