using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>From what a user says to an open namespace. Whatever it opens is proved to be a network namespace before it is opened for reading.</summary>
internal static class NamespaceResolver
{
    private const string ListAdvice = "Get-NetworkNamespace lists the registered ones; a path of a namespace file and a process id are taken too.";

    /// <summary>Opens a namespace by name, path or process id; null or "" is the calling thread's. An existing name wins over a process id.</summary>
    /// <param name="text">The user's text.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.NetworkNamespaceNotFound"/>, <see cref="FailureId.ParameterInvalid"/> (not a name, or the file is no network namespace), or
    /// <see cref="FailureId.AccessDenied"/>.
    /// </exception>
    internal static NamespaceHandle Open(string? text)
    {
        NamespaceReference reference = NamespaceReference.Parse(text);
        if (reference.IsCurrent)
            return OpenFile(NamespaceHandle.CurrentPath, null, null);
        if (reference.Path is not null)
            return OpenFile(reference.Path, text, null);
        if (NamespaceDirectory.Find(reference.Name!) is { } registered)
            return OpenFile(registered, text, reference.Name);
        if (reference.ProcessId is not null)
            return OpenFile($"/proc/{reference.ProcessId}/ns/net", text, null);
        throw new MacvtapException(FailureId.NetworkNamespaceNotFound, $"There is no network namespace '{text}'.", ListAdvice, text);
    }

    /// <summary>Opens a namespace again that was listed before, and requires that it still is the same one.</summary>
    /// <param name="known">The snapshot; null is the calling thread's namespace.</param>
    /// <exception cref="MacvtapException">As for a text; <see cref="FailureId.NetworkNamespaceNotFound"/> also when another namespace has its path by now.</exception>
    internal static NamespaceHandle Open(NetworkNamespace? known)
    {
        if (known is null)
            return Open((string?)null);
        NamespaceHandle handle = OpenFile(known.Path, known.ToString(), known.Name);
        if (handle.Inode == known.Inode && handle.FileSystem == known.FileSystem)
            return handle;
        handle.Dispose();
        throw new MacvtapException(
            FailureId.NetworkNamespaceNotFound,
            $"The network namespace '{known}' is gone: another one has its place ({known.Path}).",
            "Get it again with Get-NetworkNamespace.",
            known);
    }

    /// <summary>Opens a namespace file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="displayName">What the user called it.</param>
    /// <param name="name">Its registered name, if that is how it was found.</param>
    internal static NamespaceHandle OpenFile(string path, string? displayName, string? name)
    {
        // O_PATH first: it opens nothing, so a FIFO cannot block and a device is not touched.
        using SafeFileHandle? place = Libc.Open(path, Libc.O_PATH);
        if (place is null)
            throw Refused(path, displayName, KernelException.FromLastError($"open {path}"));
        if (Libc.FileSystemType(place) != Libc.NSFS_MAGIC)
            throw NoNamespace(path, displayName, name);
        SafeFileHandle file = Libc.Reopen(place, Libc.O_RDONLY) ?? throw Refused(path, displayName, KernelException.FromLastError($"open {path}"));
        // ENOTTY is a kernel before 4.11, where setns() will tell.
        int type = Libc.NamespaceType(file);
        bool isNetwork = type == Libc.CLONE_NEWNET || (type < 0 && Libc.LastError == Errno.ENOTTY);
        if (isNetwork && Libc.Status(file, out FileStatus status))
            return new NamespaceHandle(file, displayName, name, path, status);
        file.Dispose();
        throw NoNamespace(path, displayName, name);
    }

    private static MacvtapException NoNamespace(string path, string? displayName, string? name) => new(
        FailureId.ParameterInvalid,
        $"'{displayName ?? path}' is not a network namespace: the file {path} is something else.",
        name is null
            ? "Give the path of a network namespace, such as /proc/PID/ns/net."
            : $"It is a leftover without a namespace behind it, or one of another mount namespace. Remove-NetworkNamespace {CommandText.Pattern(name)} removes it.",
        displayName ?? path);

    private static MacvtapException Refused(string path, string? displayName, KernelException inner)
    {
        string what = displayName ?? path;
        bool isProcess = path.StartsWith("/proc/", StringComparison.Ordinal);
        return inner.Errno switch
        {
            Errno.ENOENT or Errno.ENOTDIR or Errno.ESRCH => new MacvtapException(
                FailureId.NetworkNamespaceNotFound,
                isProcess ? $"There is no network namespace '{what}', and no process of that id." : $"There is no network namespace '{what}'.",
                ListAdvice,
                what,
                inner),
            Errno.EACCES or Errno.EPERM => new MacvtapException(
                FailureId.AccessDenied,
                $"The network namespace '{what}' may not be opened ({path}).",
                isProcess ? "The process of another user needs CAP_SYS_PTRACE." : "Read permission on the file and its directory is needed.",
                what,
                inner),
            _ => new MacvtapException(FailureId.KernelError, $"The network namespace '{what}' cannot be opened ({path}).", null, what, inner),
        };
    }
}
