using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>Items of the session's providers: files and directories.</summary>
public sealed class ItemCmdletProviderIntrinsics
{
    private readonly PathIntrinsics paths;

    internal ItemCmdletProviderIntrinsics(PathIntrinsics paths) => this.paths = paths;

    /// <summary>The items at paths, without the notes that the real provider adds. Patterns are taken unless the paths are literal.</summary>
    public Collection<PSObject> Get(string[] path, bool force, bool literalPath)
    {
        ArgumentNullException.ThrowIfNull(path);
        string prefix = ProviderInfo.FileSystem + "::";
        return [.. path
            .Select(p => p.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? p[prefix.Length..] : p)
            .SelectMany(p => paths.GetResolvedProviderPathFromPSPath(literalPath ? WildcardPattern.Escape(p) : p, out _))
            .Select(p => PSObject.AsPSObject(Directory.Exists(p) ? new DirectoryInfo(p) : new FileInfo(p)))];
    }
}
