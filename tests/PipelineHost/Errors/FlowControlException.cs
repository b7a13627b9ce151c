namespace System.Management.Automation;

/// <summary>Base of the exceptions that steer a pipeline. Cmdlets let them pass.</summary>
public abstract class FlowControlException : SystemException
{
    protected FlowControlException()
    {
    }

    internal FlowControlException(string message)
        : base(message)
    {
    }
}
