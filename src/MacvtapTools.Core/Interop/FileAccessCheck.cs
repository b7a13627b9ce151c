using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Whether files can be made and written, found out without making or writing one.</summary>
internal static class FileAccessCheck
{
    private const uint PROC_SUPER_MAGIC = 0x9fa0;
    private const uint SYSFS_MAGIC = 0x62656572;

    /// <summary>Why nothing can be added to a directory, or null: EACCES, EROFS, ENOENT, ENOTDIR; and what file systems say whose files are the kernel's own.</summary>
    internal static Errno? WhyNothingIsAdded(string directory)
    {
        if (!Libc.MayAccess(directory, Libc.W_OK)) return Libc.LastError;
        using SafeFileHandle? held = Libc.Open(directory, Libc.O_PATH);
        return held is null ? Libc.LastError : Libc.FileSystemType(held) switch
        {
            PROC_SUPER_MAGIC => Errno.ENOENT,
            SYSFS_MAGIC => Errno.EPERM,
            _ => null,
        };
    }

    /// <summary>Why a file could not be opened for writing, and made where it is missing; or null.</summary>
    /// <param name="path">An absolute path.</param>
    internal static Errno? WhyNotMade(string path)
    {
        if (Directory.Exists(path)) return Errno.EISDIR;
        if (Libc.MayAccess(path, Libc.W_OK)) return null;
        Errno why = Libc.LastError;
        return why == Errno.ENOENT ? WhyNothingIsAdded(ParentOf(path)) : why;
    }

    /// <summary>The same as the exception that <see cref="FileStream"/> would throw.</summary>
    internal static Exception? WhyNotOpened(string path) => WhyNotMade(path) switch
    {
        null => null,
        Errno.EACCES or Errno.EPERM or Errno.EISDIR => new UnauthorizedAccessException(),
        Errno.ENOENT when Directory.Exists(ParentOf(path)) => new FileNotFoundException($"Could not find file '{path}'."),
        Errno.ENOENT => new DirectoryNotFoundException($"Could not find a part of the path '{path}'."),
        { } errno => new IOException($"{KernelException.TextOf(errno)} : '{path}'"),
    };

    private static string ParentOf(string path) => Path.GetDirectoryName(path) ?? "/";
}
