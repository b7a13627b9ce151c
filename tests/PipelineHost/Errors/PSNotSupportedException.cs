namespace System.Management.Automation;

/// <summary>NotSupportedException with an error record.</summary>
public class PSNotSupportedException : NotSupportedException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public PSNotSupportedException()
    {
    }

    public PSNotSupportedException(string? message)
        : base(message)
    {
    }

    public PSNotSupportedException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), "NotSupported", ErrorCategory.NotImplemented, null);
}
