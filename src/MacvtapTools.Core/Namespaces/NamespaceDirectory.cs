using MacvtapTools.Interop;

namespace MacvtapTools.Namespaces;

/// <summary>
/// Where named namespaces are registered. <c>ip</c> uses /var/run/netns, which nearly everywhere is /run/netns by a symbolic link. Where it is not, both are
/// searched, and the one of <c>ip</c> is written to.
/// </summary>
internal static class NamespaceDirectory
{
    private const string Usual = "/run/netns";
    private const string OfIp = "/var/run/netns";

    /// <summary>The directories to search, in this order. Neither needs to exist.</summary>
    internal static IReadOnlyList<string> Search { get; } = RunIsVarRun() ? [Usual] : [Usual, OfIp];

    /// <summary>Where new names go.</summary>
    internal static string ForNew => Search[^1];

    /// <summary>The path of a registered name, or null when no directory has it.</summary>
    /// <param name="name">A valid name.</param>
    internal static string? Find(string name)
    {
        foreach (string directory in Search)
        {
            string path = $"{directory}/{name}";
            if (Libc.Status(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, out _))
                return path;
        }

        return null;
    }

    private static bool RunIsVarRun() =>
        !Libc.Status(Libc.AT_FDCWD, "/var/run", 0, out FileStatus varRun)
        || (Libc.Status(Libc.AT_FDCWD, "/run", 0, out FileStatus run) && run.Inode == varRun.Inode && run.FileSystem == varRun.FileSystem);
}
