namespace System.Management.Automation;

/// <summary>InvalidCastException with an error record.</summary>
public class PSInvalidCastException : InvalidCastException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public PSInvalidCastException()
    {
    }

    public PSInvalidCastException(string? message)
        : base(message)
    {
    }

    public PSInvalidCastException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), "PSInvalidCastException", ErrorCategory.InvalidArgument, null);
}
