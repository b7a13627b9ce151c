namespace System.Management.Automation;

/// <summary>The drive of a path. Here there is only the root.</summary>
public class PSDriveInfo
{
    internal static readonly PSDriveInfo Root = new();

    private PSDriveInfo()
    {
    }

    public string Name => "/";

    public override string ToString() => Name;
}
