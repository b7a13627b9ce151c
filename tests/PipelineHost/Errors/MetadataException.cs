namespace System.Management.Automation;

/// <summary>An attribute of a parameter refused or failed.</summary>
public class MetadataException : RuntimeException
{
    public MetadataException()
    {
    }

    public MetadataException(string message)
        : base(message)
    {
    }

    public MetadataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private protected override ErrorCategory DefaultCategory => ErrorCategory.MetadataError;
}
