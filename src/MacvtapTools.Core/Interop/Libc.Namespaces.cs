using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Namespaces: see setns(2), unshare(2), ioctl_nsfs(2).</summary>
internal static partial class Libc
{
    internal const int CLONE_NEWNS = 0x00020000;
    internal const int CLONE_NEWNET = 0x40000000;

    /// <summary>The file system of namespace files (include/uapi/linux/magic.h).</summary>
    internal const uint NSFS_MAGIC = 0x6E736673;

    /// <summary>_IO(0xb7, 3), Linux 4.11: the CLONE_NEW* constant of a namespace file.</summary>
    private const nuint NS_GET_NSTYPE = 0xB703;

    /// <summary>Moves the calling thread into a namespace. Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int SetNamespace(SafeFileHandle file, int type);

    /// <summary>Gives the calling thread a namespace of its own. Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int flags);

    /// <summary>The CLONE_NEW* constant of a namespace file; negative on failure (ENOTTY: not a namespace, or Linux before 4.11).</summary>
    internal static int NamespaceType(SafeFileHandle file) => Control(file, NS_GET_NSTYPE, 0);
}
