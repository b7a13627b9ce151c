using System.Security.Cryptography;
using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>
/// The records of the nodes that Repair-TapDevice made: a file for each in a directory that only its owner may write to, and that a restart of the machine
/// clears, as it clears /dev. A directory of which that is not sure is not read at all.
/// </summary>
/// <param name="directory">The directory.</param>
internal sealed class TapNodeStore(string directory)
{
    private const int NameLength = 32;
    private const int LargestRecord = 8192;
    private const uint DirectoryMode = 0x1ED; // 0755
    private const uint RecordMode = 0x1A4; // 0644
    private const int WritableByOthers = 0x12; // 0022

    /// <summary>The one of this machine.</summary>
    internal static TapNodeStore Default { get; } = new("/run/macvtaptools");

    /// <summary>All records, ordered by path; none where there is no directory, or none that can be trusted.</summary>
    internal IReadOnlyList<TapNodeRecord> Read()
    {
        using SafeFileHandle? opened = Libc.Open(directory, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW);
        if (opened is null || !IsTrusted(opened)) return [];
        List<TapNodeRecord> records = [];
        using (Borrowed held = new(opened))
        {
            byte[] buffer = new byte[LargestRecord];
            DirectoryNames names = new(held.Descriptor, new byte[LargestRecord]);
            while (names.MoveNext())
            {
                string name = Encoding.UTF8.GetString(names.Current[..^1]);
                if (name.Length != NameLength) continue;
                using SafeFileHandle? file = Libc.Open(opened, name, Libc.O_RDONLY | Libc.O_NOFOLLOW | Libc.O_NONBLOCK);
                int length = file is null ? 0 : Libc.Read(file, buffer);
                if (length > 0 && TapNodeRecord.Parse(Encoding.UTF8.GetString(buffer.AsSpan(0, length))) is { } record && NameOf(record.Path) == name) records.Add(record);
            }
        }

        records.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return records;
    }

    /// <summary>Writes a record down; one of the same path is replaced.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapNodeDirectoryUnusable"/>: the directory can be written to by others.</exception>
    /// <exception cref="KernelException">EROFS, EACCES, ENOSPC: it cannot be written.</exception>
    internal void Add(TapNodeRecord record)
    {
        using SafeFileHandle opened = OpenForWriting();
        string name = NameOf(record.Path);
        Libc.Unlink(opened, name);
        using Borrowed held = new(opened);
        using SafeFileHandle file = Libc.Open(held.Descriptor, name, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL, RecordMode) ?? throw KernelException.FromLastError($"write {directory}/{name}");
        byte[] text = Encoding.UTF8.GetBytes(record.ToText());
        if (Libc.Write(file, text) == text.Length) return;
        KernelException failure = KernelException.FromLastError($"write {directory}/{name}");
        Libc.Unlink(opened, name);
        throw failure;
    }

    /// <summary>Forgets a record.</summary>
    internal void Remove(TapNodeRecord record)
    {
        using SafeFileHandle opened = OpenForWriting();
        Libc.Unlink(opened, NameOf(record.Path));
    }

    /// <summary>Opens a directory that is only its owner's to write to, and is owned by root or this user. It is made where it is missing.</summary>
    /// <param name="path">The directory; its parent must be there.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapNodeDirectoryUnusable"/>.</exception>
    /// <exception cref="KernelException">It cannot be made or opened.</exception>
    internal static SafeFileHandle OpenOwn(string path)
    {
        if (Libc.MakeDirectory(path, DirectoryMode) < 0 && Libc.LastError != Errno.EEXIST) throw KernelException.FromLastError($"mkdir {path}");
        return OpenTrusted(path);
    }

    /// <summary>Opens such a directory where it is there, and makes none where it is missing.</summary>
    /// <returns>Null where it is missing, and could be made.</returns>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapNodeDirectoryUnusable"/>.</exception>
    /// <exception cref="KernelException">It could not be made, opened or written to.</exception>
    internal static SafeFileHandle? CheckOwn(string path)
    {
        bool isThere = Directory.Exists(path);
        string place = isThere ? path : Path.GetDirectoryName(path)!;
        if (FileAccessCheck.WhyNothingIsAdded(place) is { } errno) throw new PredictedRefusal(errno, isThere ? $"write to {path}" : $"mkdir {path}");
        return isThere ? OpenTrusted(path) : null;
    }

    /// <summary>Checks that a record could be written down.</summary>
    internal void CheckWritable() => CheckOwn(directory)?.Dispose();

    private static SafeFileHandle OpenTrusted(string path)
    {
        SafeFileHandle opened = Libc.Open(path, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW) ?? throw KernelException.FromLastError($"open {path}");
        if (IsTrusted(opened)) return opened;
        opened.Dispose();
        throw new MacvtapException(
            FailureId.TapNodeDirectoryUnusable,
            $"{path} can be written to by others, so what is in it proves nothing.",
            $"Look at what is in it, and at who made it; then remove it. It is made anew when it is needed.",
            path);
    }

    private static bool IsTrusted(SafeFileHandle file) =>
        Libc.Status(file, out FileStatus status) && (status.UserId == 0 || status.UserId == Libc.EffectiveUser()) && (status.Mode & WritableByOthers) == 0;

    private static string NameOf(string path) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..NameLength];

    private SafeFileHandle OpenForWriting() => OpenOwn(directory);
}
