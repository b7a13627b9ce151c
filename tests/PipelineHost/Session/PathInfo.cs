namespace System.Management.Automation;

/// <summary>A path with its provider.</summary>
public sealed class PathInfo
{
    internal PathInfo(string path) => Path = path;

    public PSDriveInfo Drive => PSDriveInfo.Root;

    public string Path { get; }

    public ProviderInfo Provider => ProviderInfo.FileSystem;

    public string ProviderPath => Path;

    public override string ToString() => Path;
}
