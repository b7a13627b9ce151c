namespace System.Management.Automation;

/// <summary>ArgumentException with an error record.</summary>
public class PSArgumentException : ArgumentException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public PSArgumentException()
    {
    }

    public PSArgumentException(string? message)
        : base(message)
    {
    }

    public PSArgumentException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public PSArgumentException(string? message, string? paramName)
        : base(message, paramName)
    {
    }

    public ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), "Argument", ErrorCategory.InvalidArgument, null);
}
