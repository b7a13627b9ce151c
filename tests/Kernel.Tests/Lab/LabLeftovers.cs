using System.Globalization;
using MacvtapTools.Kernel.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(LabLeftovers))]

namespace MacvtapTools.Kernel.Tests;

/// <summary>Before the first test: removes what test processes left that ended without clearing their lab. Only what has our prefix and a dead process's id.</summary>
public sealed class LabLeftovers : IDisposable
{
    internal const string Prefix = "mvtt-";

    private static readonly Lock _gate = new();

    private static string OwnList => Path.Combine(Path.GetTempPath(), Lab.OwnPrefix + "files");

    /// <summary>Removes leftovers.</summary>
    public LabLeftovers()
    {
        foreach (string path in Existing("/run/netns").Where(IsLeftover))
            DeleteNamespace(Path.GetFileName(path));
        foreach (string path in Existing("/dev").Where(IsLeftover))
            DeleteFile(path);
        foreach (string entry in Existing(Path.GetTempPath()).Where(IsLeftover))
        {
            // A list of paths elsewhere, or a directory that a test worked in.
            if (File.Exists(entry))
            {
                foreach (string path in File.ReadAllLines(entry))
                    DeleteFile(path);
            }

            DeleteFile(entry);
        }
    }

    /// <summary>After the last test: the labs have removed all that was written down.</summary>
    public void Dispose() => File.Delete(OwnList);

    /// <summary>Writes down a path outside of our own directories, for the next test process, should this one be killed.</summary>
    internal static void Remember(string path)
    {
        lock (_gate)
            File.AppendAllLines(OwnList, [path]);
    }

    /// <summary>Removes a namespace, unless it is gone.</summary>
    internal static void DeleteNamespace(string name)
    {
        if (Path.Exists($"/run/netns/{name}"))
            Programs.Run("ip", "netns", "delete", name);
    }

    /// <summary>Removes a file or a directory of ours, unless it is gone.</summary>
    internal static void DeleteFile(string path)
    {
        if (Directory.Exists(path) && !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint))
            Directory.Delete(path, recursive: true);
        else if (Directory.Exists(Path.GetDirectoryName(path)))
            File.Delete(path);
    }

    private static string[] Existing(string directory) =>
        Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory, Prefix + "*") : [];

    private static bool IsLeftover(string path)
    {
        string[] parts = Path.GetFileName(path).Split('-');
        return parts.Length > 2
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            && !Directory.Exists($"/proc/{processId}");
    }
}
