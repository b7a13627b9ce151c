using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>What the calling thread is to the kernel where it judges files and capabilities: /proc/thread-self/status (proc_pid_status(5), credentials(7)).</summary>
/// <param name="FileUser">The user that files are judged by; that of the process, unless setfsuid(2) said otherwise.</param>
/// <param name="Groups">The group that files are judged by, and the supplementary ones.</param>
/// <param name="Capabilities">The effective capabilities, a bit each.</param>
/// <param name="IsInitialUserNamespace">Whether ids are those of the machine: capabilities over device files count only there.</param>
internal sealed record ThreadCredentials(uint FileUser, IReadOnlySet<uint> Groups, ulong Capabilities, bool IsInitialUserNamespace)
{
    private const int FileColumn = 3; // real, effective, saved, of the file system
    private const int Longest = 65536;

    /// <summary>Those of the calling thread.</summary>
    /// <exception cref="KernelException">/proc cannot be read.</exception>
    internal static ThreadCredentials Read() => Parse(ReadFile("/proc/thread-self/status"), ReadFile("/proc/self/uid_map"));

    /// <summary>Whether it has a capability, in its own user namespace.</summary>
    internal bool Has(int capability) => (Capabilities >> capability & 1) != 0;

    /// <summary>Reads the two files.</summary>
    internal static ThreadCredentials Parse(string status, string userMap)
    {
        Dictionary<string, string[]> lines = status.Split('\n').Select(l => l.Split(':', 2)).Where(l => l.Length == 2)
            .ToDictionary(l => l[0], l => l[1].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return new ThreadCredentials(
            Number(lines["Uid"][FileColumn]),
            new HashSet<uint>(lines["Groups"].Append(lines["Gid"][FileColumn]).Select(Number)),
            ulong.Parse(lines["CapEff"][0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            IdMap.Parse(userMap).IsWhole);
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static string ReadFile(string path)
    {
        using SafeFileHandle file = Libc.Open(path, Libc.O_RDONLY) ?? throw KernelException.FromLastError($"open {path}");
        byte[] buffer = new byte[Longest];
        int length = Libc.Read(file, buffer);
        return length >= 0 ? Encoding.UTF8.GetString(buffer, 0, length) : throw KernelException.FromLastError($"read {path}");
    }
}
