using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Mounts: see mount(2), umount2(2), and for the newer calls Documentation/filesystems/mount_api.rst.</summary>
internal static partial class Libc
{
    internal const nuint MS_RDONLY = 1;
    internal const nuint MS_NOSUID = 2;
    internal const nuint MS_NODEV = 4;
    internal const nuint MS_NOEXEC = 8;
    internal const nuint MS_BIND = 0x1000;
    internal const nuint MS_REC = 0x4000;
    internal const nuint MS_PRIVATE = 0x40000;
    internal const nuint MS_SHARED = 0x100000;

    internal const int MNT_DETACH = 2;
    internal const int UMOUNT_NOFOLLOW = 8;

    private const int FSOPEN_CLOEXEC = 1;
    private const int FSCONFIG_CMD_CREATE = 6;
    private const int FSMOUNT_CLOEXEC = 1;
    private const int MOUNT_ATTR_RDONLY_NOSUID_NODEV_NOEXEC = 0xF;

    /// <summary>mount(2) without options. Negative on failure.</summary>
    internal static int Mount(string source, string target, string type, nuint flags) => Mount(source, target, type, flags, 0);

    /// <summary>umount2(2). Negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);

    /// <summary>
    /// A file system of that type, mounted nowhere: its root, read-only and without set-uid, devices and programs. fsopen, fsconfig, fsmount (Linux 5.2).
    /// Null on failure: ENOSYS on an older kernel, EPERM without CAP_SYS_ADMIN over the mount namespace.
    /// </summary>
    /// <param name="type">The type, such as "sysfs".</param>
    internal static SafeFileHandle? MountDetached(string type)
    {
        nint name = Marshal.StringToCoTaskMemUTF8(type);
        try
        {
            int opened = (int)SystemCall.Invoke(SystemCall.Fsopen, name, FSOPEN_CLOEXEC, 0, 0, 0);
            if (opened < 0)
                return null;
            SafeFileHandle? mounted = MountContext(opened);
            int error = Marshal.GetLastPInvokeError();
            new SafeFileHandle(opened, ownsHandle: true).Dispose(); // close(2) overwrites the error
            Marshal.SetLastPInvokeError(error);
            return mounted;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private static SafeFileHandle? MountContext(int context)
    {
        if (SystemCall.Invoke(SystemCall.Fsconfig, context, FSCONFIG_CMD_CREATE, 0, 0, 0) < 0)
            return null;
        int mounted = (int)SystemCall.Invoke(SystemCall.Fsmount, context, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY_NOSUID_NODEV_NOEXEC, 0, 0);
        return mounted < 0 ? null : new SafeFileHandle(mounted, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, nint data);
}
