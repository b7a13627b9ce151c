using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>The ways to a sysfs of a network namespace, the best first.</summary>
/// <remarks>
/// <list type="number">
/// <item>fsopen and fsmount inside the namespace. Refused with EPERM without CAP_SYS_ADMIN over the current mount namespace (fs/namespace.c, may_mount): in a
/// container, and after <c>unshare -Urn</c>. ENOSYS before Linux 5.2.</item>
/// <item>A mount namespace of a thread of our own, and mount(2) there. It needs CAP_SYS_ADMIN in the current user namespace only, so it helps after
/// <c>unshare -Urn</c>. The open directory keeps the mount alive when the thread, and its mount namespace with it, has ended.</item>
/// <item>For the current namespace: /sys, if it shows the same links with the same MAC addresses as the kernel reports for the calling thread. No call tells
/// which namespace a mounted sysfs belongs to, but MAC addresses of different links do not agree by chance; two namespaces that agree have just loopback, and
/// there is nothing to mix up.</item>
/// </list>
/// </remarks>
internal static class SysfsMounter
{
    private const string SystemRoot = "/sys";
    private const nuint MountFlags = Libc.MS_RDONLY | Libc.MS_NOSUID | Libc.MS_NODEV | Libc.MS_NOEXEC;

    /// <summary>Goes the best way that the kernel allows.</summary>
    /// <param name="handle">The namespace.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.AccessDenied"/>: it allows none.</exception>
    internal static (SafeFileHandle Root, SysfsOrigin Origin) Open(NamespaceHandle handle)
    {
        KernelException refusal;
        try
        {
            return (Open(handle, SysfsOrigin.Detached), SysfsOrigin.Detached);
        }
        catch (KernelException exception) when (exception.Errno is Errno.EPERM or Errno.EACCES or Errno.ENOSYS)
        {
            refusal = exception;
        }

        try
        {
            return (Open(handle, SysfsOrigin.PrivateMount), SysfsOrigin.PrivateMount);
        }
        catch (KernelException)
        {
            // The first refusal is the one to report.
        }

        return handle.IsCurrent && SharedSysfs.ShowsCurrentNamespace()
            ? (Open(handle, SysfsOrigin.Shared), SysfsOrigin.Shared)
            : throw Refused(handle, refusal);
    }

    /// <summary>Goes one certain way.</summary>
    /// <param name="handle">The namespace.</param>
    /// <param name="origin">The way.</param>
    /// <exception cref="KernelException">What the kernel said.</exception>
    /// <exception cref="MacvtapException">The namespace may not be entered.</exception>
    internal static SafeFileHandle Open(NamespaceHandle handle, SysfsOrigin origin) => origin switch
    {
        SysfsOrigin.Detached => NamespaceRunner.Run(
            handle,
            () => Libc.MountDetached("sysfs") ?? throw KernelException.FromLastError("fsopen sysfs")),
        SysfsOrigin.PrivateMount => DedicatedThread.Run(() => NamespaceRunner.Run(handle, MountPrivately)),
        _ => Libc.Open(SystemRoot, Libc.O_RDONLY | Libc.O_DIRECTORY) ?? throw KernelException.FromLastError($"open {SystemRoot}"),
    };

    // Only on a thread that ends afterwards: unshare(CLONE_NEWNS) also gives it a working directory of its own.
    private static SafeFileHandle MountPrivately()
    {
        if (Libc.Unshare(Libc.CLONE_NEWNS) < 0)
            throw KernelException.FromLastError("unshare(CLONE_NEWNS)");
        if (Libc.Mount("none", "/", "none", Libc.MS_REC | Libc.MS_PRIVATE) < 0 || Libc.Mount("sysfs", SystemRoot, "sysfs", MountFlags) < 0)
            throw KernelException.FromLastError("mount sysfs");
        return Libc.Open(SystemRoot, Libc.O_RDONLY | Libc.O_DIRECTORY) ?? throw KernelException.FromLastError($"open {SystemRoot}");
    }

    private static MacvtapException Refused(NamespaceHandle handle, KernelException inner)
    {
        string what = handle.DisplayName is null ? "the current network namespace" : $"the network namespace '{handle.DisplayName}'";
        return new MacvtapException(
            FailureId.AccessDenied,
            $"The sysfs of {what} may not be read: /sys belongs to another one, and mounting one is refused.",
            "It needs CAP_SYS_ADMIN in the user namespace that owns the network namespace; or run in a shell whose /sys was mounted there (ip netns exec).",
            handle.DisplayName ?? handle.Path,
            inner);
    }
}
