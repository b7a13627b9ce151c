namespace System.Management.Automation;

/// <summary>An error of the engine or of a running command.</summary>
public class RuntimeException : SystemException, IContainsErrorRecord
{
    private ErrorRecord? record;

    public RuntimeException()
    {
    }

    public RuntimeException(string? message)
        : base(message)
    {
    }

    public RuntimeException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public RuntimeException(string? message, Exception? innerException, ErrorRecord? errorRecord)
        : base(message, innerException) => record = errorRecord;

    public virtual ErrorRecord ErrorRecord =>
        record ??= new ErrorRecord(new ParentContainsErrorRecordException(this), DefaultErrorId, DefaultCategory, DefaultTarget);

    public bool WasThrownFromThrowStatement { get; set; }

    private protected virtual string DefaultErrorId => "RuntimeException";

    private protected virtual ErrorCategory DefaultCategory => ErrorCategory.NotSpecified;

    private protected virtual object? DefaultTarget => null;
}
