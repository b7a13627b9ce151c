namespace System.Management.Automation;

/// <summary>What the providers of the session can do. Here only the file system is one.</summary>
public sealed class ProviderIntrinsics
{
    internal ProviderIntrinsics(PathIntrinsics paths) => Item = new ItemCmdletProviderIntrinsics(paths);

    public ItemCmdletProviderIntrinsics Item { get; }
}
