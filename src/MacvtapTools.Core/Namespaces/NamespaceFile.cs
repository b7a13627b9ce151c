using System.Runtime.InteropServices;
using System.Text;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Namespaces;

/// <summary>
/// Files of procfs that show, to a thread that opens them, the network namespace that the thread is in: /proc/thread-self/net (proc_tgid_net_lookup in
/// fs/proc/proc_net.c) and /proc/sys/net (net_ctl_header_lookup in net/sysctl_net.c). They are opened, read and written inside the namespace. Unlike
/// these two, /proc/net and /proc/self/net belong to the process's first thread.
/// </summary>
internal static class NamespaceFile
{
    /// <summary>Where the namespace's own tables are.</summary>
    internal const string NetFolder = "/proc/thread-self/net";

    /// <summary>Where its settings are.</summary>
    internal const string SettingsFolder = "/proc/sys/net";

    private const int Chunk = 16384;

    /// <summary>The text of a file, or null with errno where it cannot be read. Call this inside the namespace only.</summary>
    /// <param name="path">An absolute path.</param>
    internal static string? TryReadHere(string path)
    {
        using SafeFileHandle? file = Libc.Open(path, Libc.O_RDONLY);
        if (file is null) return null;
        byte[] buffer = new byte[Chunk];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            int count = Libc.Read(file, buffer.AsSpan(length));
            if (count < 0)
            {
                KeepError(file);
                return null;
            }

            if (count == 0) return Encoding.UTF8.GetString(buffer, 0, length);
            length += count;
        }
    }

    /// <summary>The names in a directory, or null with errno where it cannot be read. Call this inside the namespace only.</summary>
    /// <param name="path">An absolute path.</param>
    internal static IReadOnlyList<string>? TryListHere(string path)
    {
        using SafeFileHandle? directory = Libc.Open(path, Libc.O_RDONLY | Libc.O_DIRECTORY);
        if (directory is null) return null;
        using Borrowed held = new(directory);
        var names = new DirectoryNames(held.Descriptor, new byte[Chunk]);
        var found = new List<string>();
        while (names.MoveNext()) found.Add(Encoding.UTF8.GetString(names.Current[..^1]));
        return found;
    }

    /// <summary>Writes a whole value at once, as settings want it. Call this inside the namespace only.</summary>
    /// <returns>False with errno where it was refused.</returns>
    internal static bool TryWriteHere(string path, string value)
    {
        using SafeFileHandle? file = Libc.Open(path, Libc.O_WRONLY);
        if (file is null) return false;
        if (Libc.Write(file, Encoding.UTF8.GetBytes(value)) >= 0) return true;
        KeepError(file);
        return false;
    }

    /// <summary>Whether a file may be written: it is opened for that, and closed. Call this inside the namespace only.</summary>
    /// <returns>Why not, or none.</returns>
    internal static Errno MayWriteHere(string path)
    {
        using SafeFileHandle? file = Libc.Open(path, Libc.O_WRONLY);
        return file is null ? Libc.LastError : Errno.None;
    }

    /// <summary>Closes the file now and keeps the error number, which close(2) would overwrite.</summary>
    private static void KeepError(SafeFileHandle file)
    {
        Errno error = Libc.LastError;
        file.Dispose();
        Marshal.SetLastPInvokeError((int)error);
    }
}
