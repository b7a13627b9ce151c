namespace System.Management.Automation;

/// <summary>Wraps what a cmdlet threw, or the record it gave to ThrowTerminatingError.</summary>
public class CmdletInvocationException : RuntimeException
{
    public CmdletInvocationException()
    {
    }

    public CmdletInvocationException(string message)
        : base(message)
    {
    }

    public CmdletInvocationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CmdletInvocationException(ErrorRecord errorRecord)
        : base(errorRecord.ToString(), errorRecord.Exception, errorRecord)
    {
    }
}
