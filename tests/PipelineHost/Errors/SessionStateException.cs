namespace System.Management.Automation;

/// <summary>Something of the session (a drive, a path, a variable) is not there.</summary>
public class SessionStateException : RuntimeException
{
    public SessionStateException()
    {
    }

    public SessionStateException(string message)
        : base(message)
    {
    }

    public SessionStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
