namespace System.Management.Automation;

/// <summary>A non-terminating error, warning or the like that a preference of Stop made terminating.</summary>
public class ActionPreferenceStopException : RuntimeException
{
    public ActionPreferenceStopException()
    {
    }

    public ActionPreferenceStopException(string message)
        : base(message)
    {
    }

    public ActionPreferenceStopException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ActionPreferenceStopException(string message, ErrorRecord? errorRecord)
        : base(message, errorRecord?.Exception, errorRecord)
    {
    }

    private protected override string DefaultErrorId => "ActionPreferenceStop";

    private protected override ErrorCategory DefaultCategory => ErrorCategory.OperationStopped;
}
