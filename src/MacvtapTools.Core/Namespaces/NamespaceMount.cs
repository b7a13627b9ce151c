using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>
/// The directory of registered namespaces as a shared mount point of itself, so that a namespace registered in one mount namespace is seen, and deleted, in all:
/// what <c>ip netns add</c> prepares on first use (iproute2, ip/ipnetns.c, netns_add).
/// </summary>
internal sealed class NamespaceMount
{
    private const uint DirectoryMode = 0x1ED; // 0755

    private readonly string _directory = NamespaceDirectory.ForNew;
    private bool _madeDirectory;
    private bool _madeMount;

    private NamespaceMount()
    {
    }

    /// <summary>Makes the directory and its mount unless they are there.</summary>
    /// <param name="name">The namespace that is to be created, for messages.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.AccessDenied"/>.</exception>
    internal static NamespaceMount Prepare(string name)
    {
        NamespaceMount prepared = new();
        if (prepared.Make() is not { } failure)
            return prepared;
        prepared.TakeBack();
        throw NamespaceStore.Refused(NamespaceStore.NotCreated(name), name, failure);
    }

    /// <summary>
    /// Removes what <see cref="Prepare"/> made, unless somebody uses it by now: umount(2) without MNT_DETACH fails on a mount that carries others, rmdir(2) on a
    /// directory with names in it.
    /// </summary>
    internal void TakeBack()
    {
        if (_madeMount)
            _ = Libc.Unmount(_directory, Libc.UMOUNT_NOFOLLOW);
        if (_madeDirectory)
            _ = Libc.RemoveDirectory(_directory);
    }

    private KernelException? Make()
    {
        if (Libc.MakeDirectory(_directory, DirectoryMode) == 0)
            _madeDirectory = true;
        else if (Libc.LastError != Errno.EEXIST)
            return KernelException.FromLastError($"mkdir {_directory}");

        // Under the same lock as ip takes: two at a time would mount it on itself twice.
        using SafeFileHandle? gate = Libc.Open(_directory, Libc.O_RDONLY | Libc.O_DIRECTORY);
        if (gate is not null)
            _ = Libc.Lock(gate, Libc.LOCK_EX);
        if (Share())
            return null;
        if (Libc.LastError == Errno.EINVAL && Libc.Mount(_directory, _directory, "none", Libc.MS_BIND | Libc.MS_REC) == 0)
        {
            // EINVAL was: not a mount point yet.
            _madeMount = true;
            if (Share())
                return null;
        }

        return KernelException.FromLastError($"mount {_directory}");
    }

    private bool Share() => Libc.Mount(string.Empty, _directory, "none", Libc.MS_SHARED | Libc.MS_REC) == 0;
}
