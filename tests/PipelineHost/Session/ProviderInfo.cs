namespace System.Management.Automation;

/// <summary>The provider of a path. Here it is always the file system.</summary>
public class ProviderInfo
{
    internal static readonly ProviderInfo FileSystem = new();

    private ProviderInfo()
    {
    }

    public string Name => "FileSystem";

    public override string ToString() => "Microsoft.PowerShell.Core\\FileSystem";
}
