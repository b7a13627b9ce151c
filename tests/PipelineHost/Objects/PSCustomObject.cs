namespace System.Management.Automation;

/// <summary>The base object of an object that has only note properties.</summary>
public class PSCustomObject
{
    internal static readonly PSCustomObject Instance = new();

    private PSCustomObject()
    {
    }

    public override string ToString() => string.Empty;
}
