using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>
/// A sysfs that shows the links of one network namespace, for reading. Keeps one descriptor open until it is disposed, and outlives the <see cref="NamespaceHandle"/>
/// that it was opened with. It follows the namespace: links made later appear. Safe for use by several threads.
/// </summary>
/// <remarks>
/// A mounted sysfs shows the namespace of the process that mounted it (fs/sysfs/mount.c, sysfs_init_fs_context), whatever namespace a reader is in: /sys of a
/// shell that came through nsenter --net, unshare --net or setns() is somebody else's. Opening costs about 50 microseconds from within the namespace, 300
/// from without (a thread), 500 by a private mount; reading an attribute 9. So keep one per namespace for as long as a command runs.
/// </remarks>
internal sealed class NamespaceSysfs : IDisposable
{
    private const int PageSize = 4096; // what one sysfs attribute can hold, on most architectures

    private readonly SafeFileHandle _root;

    private NamespaceSysfs(SafeFileHandle root, SysfsOrigin origin)
    {
        _root = root;
        Origin = origin;
    }

    /// <summary>Where it is from.</summary>
    internal SysfsOrigin Origin { get; }

    /// <summary>Opens the sysfs of a namespace. Changes no mount that anybody else can see.</summary>
    /// <param name="handle">The namespace.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.AccessDenied"/>: another namespace than the current one, or one that /sys does not show, and the caller may not mount. It needs
    /// CAP_SYS_ADMIN in the user namespace that owns the network namespace.
    /// </exception>
    internal static NamespaceSysfs Open(NamespaceHandle handle)
    {
        (SafeFileHandle root, SysfsOrigin origin) = SysfsMounter.Open(handle);
        return new NamespaceSysfs(root, origin);
    }

    /// <summary>Opens it in one certain way, for tests of the ways that this machine would not need.</summary>
    /// <param name="handle">The namespace.</param>
    /// <param name="origin">The way.</param>
    internal static NamespaceSysfs Open(NamespaceHandle handle, SysfsOrigin origin) => new(SysfsMounter.Open(handle, origin), origin);

    /// <summary>The text of an attribute, without its final line end.</summary>
    /// <param name="path">Below the root, such as "class/net/eth0/ifindex".</param>
    /// <exception cref="KernelException">ENOENT: no such attribute or link; EINVAL and others: the attribute has no value now, such as the speed of a link that is down.</exception>
    internal string ReadText(string path) => TryReadText(path, out string? text) ? text : throw KernelException.FromLastError($"read /sys/{path}");

    /// <summary>The text of an attribute, if it can be read.</summary>
    /// <param name="path">Below the root.</param>
    /// <param name="text">The text without its final line end.</param>
    /// <returns>False when it is not there or has no value; errno says which.</returns>
    internal bool TryReadText(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = null;
        SafeFileHandle? file = Libc.Open(_root, Checked(path), Libc.O_RDONLY);
        if (file is null)
            return false;
        Span<byte> buffer = stackalloc byte[PageSize];
        int length = Libc.Read(file, buffer);
        Errno error = Libc.LastError;
        file.Dispose();
        System.Runtime.InteropServices.Marshal.SetLastPInvokeError((int)error); // close(2) overwrote it
        if (length < 0)
            return false;
        text = Encoding.UTF8.GetString(buffer[..length]).TrimEnd('\n');
        return true;
    }

    /// <summary>Opens a directory, to find the same one again under whatever name it has later (O_PATH). Null when it is not there; errno says why.</summary>
    /// <param name="path">Below the root.</param>
    internal SafeFileHandle? OpenDirectory(string path) => Libc.Open(_root, Checked(path), Libc.O_PATH | Libc.O_DIRECTORY);

    /// <summary>The names in a directory, in the kernel's order.</summary>
    /// <param name="path">Below the root.</param>
    /// <exception cref="KernelException">ENOENT, ENOTDIR, EACCES.</exception>
    internal IReadOnlyList<string> List(string path)
    {
        using SafeFileHandle directory = Libc.Open(_root, Checked(path), Libc.O_RDONLY | Libc.O_DIRECTORY)
            ?? throw KernelException.FromLastError($"open /sys/{path}");
        using Borrowed held = new(directory);
        DirectoryNames entries = new(held.Descriptor, new byte[8192]);
        List<string> names = [];
        while (entries.MoveNext())
            names.Add(Encoding.UTF8.GetString(entries.Current[..^1]));
        return entries.Error == Errno.None ? names : throw new KernelException(entries.Error, $"read /sys/{path}");
    }

    /// <summary>Where a symbolic link leads, as it is written; null when there is no such link.</summary>
    /// <param name="path">Below the root.</param>
    internal string? ReadLink(string path) => Libc.ReadLink(_root, Checked(path));

    /// <summary>Whether something of that path exists. A symbolic link is followed.</summary>
    /// <param name="path">Below the root.</param>
    internal bool Exists(string path)
    {
        using Borrowed held = new(_root);
        return Libc.Status(held.Descriptor, Checked(path), 0, out _);
    }

    /// <summary>Closes it; a detached or private mount goes with it.</summary>
    public void Dispose() => _root.Dispose();

    // Where the root is /sys and not a mount of its own, an absolute path or ".." would leave it.
    private static string Checked(string path) =>
        path.Length > 0 && path[0] != '/' && !path.Split('/').Contains("..") && !path.Contains('\0', StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{path}' does not stay below the root of a sysfs.", nameof(path));
}
