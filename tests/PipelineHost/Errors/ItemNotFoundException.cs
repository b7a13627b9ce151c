namespace System.Management.Automation;

/// <summary>No item at that path.</summary>
public class ItemNotFoundException : SessionStateException
{
    public ItemNotFoundException()
    {
    }

    public ItemNotFoundException(string message)
        : base(message)
    {
    }

    public ItemNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private protected override ErrorCategory DefaultCategory => ErrorCategory.ObjectNotFound;
}
