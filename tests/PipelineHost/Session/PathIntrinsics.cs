using System.Collections.ObjectModel;
using MacvtapTools.PipelineHost;

namespace System.Management.Automation;

/// <summary>Paths of the session: the file system, with the session's own current directory.</summary>
public sealed class PathIntrinsics
{
    private readonly Session session;

    internal PathIntrinsics(Session session) => this.session = session;

    public PathInfo CurrentFileSystemLocation => new(session.CurrentDirectory);

    public PathInfo CurrentLocation => CurrentFileSystemLocation;

    public string Combine(string parent, string child) => System.IO.Path.Combine(parent, child);

    public string GetUnresolvedProviderPathFromPSPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string local = path is "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
        return System.IO.Path.GetFullPath(WildcardPattern.Unescape(local), session.CurrentDirectory);
    }

    public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo drive)
    {
        provider = ProviderInfo.FileSystem;
        drive = PSDriveInfo.Root;
        return GetUnresolvedProviderPathFromPSPath(path);
    }

    /// <summary>Paths that exist; wildcards in the last part only.</summary>
    public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider)
    {
        provider = ProviderInfo.FileSystem;
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            string full = GetUnresolvedProviderPathFromPSPath(path);
            return System.IO.Path.Exists(full)
                ? [full]
                : throw new ItemNotFoundException($"Cannot find path '{full}' because it does not exist.");
        }

        string folder = System.IO.Path.GetFullPath(System.IO.Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".", session.CurrentDirectory);
        WildcardPattern pattern = new(System.IO.Path.GetFileName(path), WildcardOptions.IgnoreCase);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFileSystemEntries(folder).Where(e => pattern.IsMatch(System.IO.Path.GetFileName(e))).Order(StringComparer.Ordinal)]
            : [];
    }
}
