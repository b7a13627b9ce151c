namespace MacvtapTools;

/// <summary>
/// A network namespace as it was when it was looked up. Two of these are equal when they are the same namespace of the kernel, under whatever name or path.
/// See network_namespaces(7).
/// </summary>
public sealed class NetworkNamespace : IEquatable<NetworkNamespace>
{
    internal NetworkNamespace(string? name, string path, ulong fileSystem, ulong inode, bool isCurrent)
    {
        Name = name;
        Path = path;
        FileSystem = fileSystem;
        Inode = inode;
        IsCurrent = isCurrent;
    }

    /// <summary>The name under which it is registered in /run/netns, as <c>ip netns</c> shows it; null for a namespace that was found by path or process id.</summary>
    public string? Name { get; }

    /// <summary>What -NetworkNamespace takes for it, under the alias that binds it in a pipe: the name, or else the path.</summary>
    public string Namespace => Name ?? Path;

    /// <summary>A file that stands for the namespace: "/run/netns/NAME", "/proc/PID/ns/net".</summary>
    public string Path { get; }

    /// <summary>The kernel's number of the namespace, as <c>readlink /proc/PID/ns/net</c> shows it. Unique while the namespace exists.</summary>
    public ulong Inode { get; }

    /// <summary>Whether the thread that looked it up was in it.</summary>
    public bool IsCurrent { get; }

    /// <summary>The file system of the namespace file (nsfs); with the inode it identifies the namespace.</summary>
    internal ulong FileSystem { get; }

    /// <summary>Whether both are the same namespace.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(NetworkNamespace? other) => other is not null && Inode == other.Inode && FileSystem == other.FileSystem;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetworkNamespace);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FileSystem, Inode);

    /// <summary>The name, or else the path: either leads back to the namespace wherever one is asked for.</summary>
    public override string ToString() => Namespace;
}
