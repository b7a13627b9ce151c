namespace System.Management.Automation;

/// <summary>ArgumentNullException with an error record.</summary>
public class PSArgumentNullException : ArgumentNullException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public PSArgumentNullException()
    {
    }

    public PSArgumentNullException(string? message)
        : base(message)
    {
    }

    public PSArgumentNullException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public PSArgumentNullException(string? paramName, string? message)
        : base(paramName, message)
    {
    }

    public ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), "ArgumentNull", ErrorCategory.InvalidArgument, null);
}
