using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>The registered network namespaces: what <c>ip netns list</c>, <c>add</c> and <c>delete</c> see and do (see ip-netns(8)).</summary>
internal static class NamespaceStore
{
    private const string AdministratorAdvice = "It needs CAP_SYS_ADMIN over the mount namespace, and write permission to /run/netns.";

    /// <summary>
    /// Creates and registers a namespace. Its loopback link stays down, as with <c>ip</c>. When a step fails, what the earlier ones made is taken back.
    /// </summary>
    /// <param name="name">A new name: 1 to 255 bytes, no '/'.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.NetworkNamespaceExists"/>, <see cref="FailureId.AccessDenied"/>.
    /// </exception>
    internal static NetworkNamespace Create(string name)
    {
        RequireFree(name);
        string path = $"{NamespaceDirectory.ForNew}/{name}";
        // The namespace first: refused for want of a capability, it leaves nothing to take back.
        using NamespaceHandle created = DedicatedThread.Run(() => OpenNew(name, path));
        NamespaceMount prepared = NamespaceMount.Prepare(name);
        try
        {
            using (SafeFileHandle? file = Libc.Open(path, Libc.O_RDONLY | Libc.O_CREAT | Libc.O_EXCL))
            {
                if (file is null)
                {
                    KernelException inner = KernelException.FromLastError($"create {path}");
                    throw inner.Errno == Errno.EEXIST ? Exists(name, path, inner) : Refused(NotCreated(name), name, inner);
                }
            }

            using Borrowed source = new(created.File);
            if (Libc.Mount($"/proc/self/fd/{source.Descriptor}", path, "none", Libc.MS_BIND) < 0)
            {
                KernelException inner = KernelException.FromLastError($"mount {path}");
                _ = Libc.Unlink(path);
                throw Refused($"The network namespace '{name}' cannot be registered.", name, inner);
            }
        }
        catch (MacvtapException)
        {
            prepared.TakeBack();
            throw;
        }

        return created.Describe();
    }

    /// <summary>
    /// Removes a name. The namespace itself lives on while a process, a socket or an open tap device holds it. A leftover file without a namespace is removed too.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.NetworkNamespaceNotFound"/>, <see cref="FailureId.AccessDenied"/>.
    /// </exception>
    internal static void Delete(string name)
    {
        string path = RequirePath(name);
        string failed = NotDeleted(name);
        // EINVAL: nothing is mounted on it, so it is a leftover, or the symbolic link that some make for a container.
        if (Libc.Unmount(path, Libc.MNT_DETACH | Libc.UMOUNT_NOFOLLOW) < 0 && Libc.LastError != Errno.EINVAL)
            throw Refused(failed, name, KernelException.FromLastError($"umount {path}"));
        if (Libc.Unlink(path) < 0)
            throw Refused(failed, name, KernelException.FromLastError($"unlink {path}"));
    }

    /// <summary>The registered namespaces, sorted by name (ordinal), each looked up when it is asked for.</summary>
    /// <param name="skipped">Is told of each file there that is no namespace (a leftover), or may not be opened; null: those are passed over.</param>
    internal static IEnumerable<NetworkNamespace> List(Action<MacvtapException>? skipped = null)
    {
        foreach ((string name, string path) in Names())
        {
            NetworkNamespace? found = null;
            try
            {
                using NamespaceHandle handle = NamespaceResolver.OpenFile(path, name, name);
                found = handle.Describe();
            }
            catch (MacvtapException exception) when (exception.Id == FailureId.NetworkNamespaceNotFound)
            {
                // Deleted since the directory was read.
            }
            catch (MacvtapException exception)
            {
                skipped?.Invoke(exception);
            }

            if (found is not null)
                yield return found;
        }
    }

    private static SortedDictionary<string, string> Names()
    {
        SortedDictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (string directory in NamespaceDirectory.Search)
        {
            using SafeFileHandle? opened = Libc.Open(directory, Libc.O_RDONLY | Libc.O_DIRECTORY);
            if (opened is null)
            {
                if (Libc.LastError == Errno.ENOENT)
                    continue;
                throw Refused("The registered network namespaces cannot be listed.", directory, KernelException.FromLastError($"open {directory}"));
            }

            using Borrowed held = new(opened);
            DirectoryNames entries = new(held.Descriptor, new byte[8192]);
            while (entries.MoveNext())
            {
                string name = Encoding.UTF8.GetString(entries.Current[..^1]);
                names.TryAdd(name, $"{directory}/{name}");
            }

            if (entries.Error != Errno.None)
                throw Refused("The registered network namespaces cannot be listed.", directory, new KernelException(entries.Error, $"read {directory}"));
        }

        return names;
    }

    private static NamespaceHandle OpenNew(string name, string path)
    {
        if (Libc.Unshare(Libc.CLONE_NEWNET) < 0)
            throw Refused(NotCreated(name), name, KernelException.FromLastError("unshare(CLONE_NEWNET)"));
        SafeFileHandle? file = Libc.Open(NamespaceHandle.CurrentPath, Libc.O_RDONLY);
        if (file is not null && Libc.Status(file, out FileStatus status))
            return new NamespaceHandle(file, name, name, path, status);
        KernelException inner = KernelException.FromLastError($"open {NamespaceHandle.CurrentPath}");
        file?.Dispose();
        throw Refused(NotCreated(name), name, inner);
    }

    private static MacvtapException NotFound(string name, Exception? inner) => new(
        FailureId.NetworkNamespaceNotFound,
        $"There is no network namespace '{name}'.",
        "Get-NetworkNamespace lists the registered ones.",
        name,
        inner);

    private static MacvtapException Exists(string name, string path, Exception? inner) => new(
        FailureId.NetworkNamespaceExists,
        $"The network namespace '{name}' exists already ({path}).",
        $"Choose another name, or delete it with Remove-NetworkNamespace {CommandText.Pattern(name)}.",
        name,
        inner);

    /// <summary>Requires a name that can be given to a new namespace.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.NetworkNamespaceExists"/>.</exception>
    internal static void RequireFree(string name)
    {
        NamespaceReference.RequireName(name);
        if (NamespaceDirectory.Find(name) is { } taken)
            throw Exists(name, taken, null);
    }

    /// <summary>The path of a name that there is.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.NetworkNamespaceNotFound"/>.</exception>
    internal static string RequirePath(string name)
    {
        NamespaceReference.RequireName(name);
        return NamespaceDirectory.Find(name) ?? throw NotFound(name, null);
    }

    internal static string NotCreated(string name) => $"The network namespace '{name}' cannot be created.";

    internal static string NotDeleted(string name) => $"The network namespace '{name}' cannot be deleted.";

    internal static MacvtapException Refused(string message, object target, KernelException inner) => inner.Errno switch
    {
        Errno.EPERM or Errno.EACCES => new MacvtapException(FailureId.AccessDenied, message, AdministratorAdvice, target, inner),
        Errno.ENOENT => new MacvtapException(FailureId.NetworkNamespaceNotFound, message, "Another program removed it meanwhile.", target, inner),
        Errno.ENOSPC => new MacvtapException(
            FailureId.KernelError,
            message,
            "The limit of network namespaces is reached: /proc/sys/user/max_net_namespaces.",
            target,
            inner),
        _ => new MacvtapException(FailureId.KernelError, message, null, target, inner),
    };
}
