namespace System.Management.Automation;

/// <summary>ArgumentOutOfRangeException with an error record.</summary>
public class PSArgumentOutOfRangeException : ArgumentOutOfRangeException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public PSArgumentOutOfRangeException()
    {
    }

    public PSArgumentOutOfRangeException(string? message)
        : base(message)
    {
    }

    public PSArgumentOutOfRangeException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public PSArgumentOutOfRangeException(string? paramName, object? actualValue, string? message)
        : base(paramName, actualValue, message)
    {
    }

    public ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), "ArgumentOutOfRange", ErrorCategory.InvalidArgument, null);
}
