namespace System.Management.Automation;

/// <summary>InvalidOperationException with an error record.</summary>
public class PSInvalidOperationException : InvalidOperationException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public PSInvalidOperationException()
    {
    }

    public PSInvalidOperationException(string? message)
        : base(message)
    {
    }

    public PSInvalidOperationException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), "InvalidOperation", ErrorCategory.InvalidOperation, null);
}
