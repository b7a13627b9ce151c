using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>A network namespace, held open: it lives at least as long as this, even when its last process ends and its name is deleted.</summary>
internal sealed class NamespaceHandle : IDisposable
{
    /// <summary>The calling thread's own namespace.</summary>
    internal const string CurrentPath = "/proc/thread-self/ns/net";

    internal NamespaceHandle(SafeFileHandle file, string? displayName, string? name, string path, FileStatus status)
    {
        File = file;
        DisplayName = displayName;
        Name = name;
        Path = path;
        Inode = status.Inode;
        FileSystem = status.FileSystem;
    }

    /// <summary>The open namespace file, for setns(2) and IFLA_NET_NS_FD.</summary>
    internal SafeFileHandle File { get; }

    /// <summary>What the user called it: the NetworkNamespace property of every object found in it. Null when the user named none.</summary>
    internal string? DisplayName { get; }

    /// <summary>The name under which it is registered, or null when it was found otherwise.</summary>
    internal string? Name { get; }

    /// <summary>The path that it was found by.</summary>
    internal string Path { get; }

    /// <summary>The kernel's number of the namespace.</summary>
    internal ulong Inode { get; }

    /// <summary>The file system of the namespace file; with the inode it identifies the namespace.</summary>
    internal ulong FileSystem { get; }

    /// <summary>Whether the calling thread is in it, now. Asked of the kernel each time (about 3 microseconds), since threads can move.</summary>
    internal bool IsCurrent =>
        Libc.Status(Libc.AT_FDCWD, CurrentPath, 0, out FileStatus current) && current.Inode == Inode && current.FileSystem == FileSystem;

    /// <summary>Whether both are the same namespace.</summary>
    /// <param name="other">The other one.</param>
    internal bool IsSameAs(NamespaceHandle other) => Inode == other.Inode && FileSystem == other.FileSystem;

    /// <summary>The snapshot for the user.</summary>
    internal NetworkNamespace Describe() => new(Name, Path, FileSystem, Inode, IsCurrent);

    /// <summary>Closes the namespace file.</summary>
    public void Dispose() => File.Dispose();
}
