namespace System.Management.Automation;

/// <summary>A text of the warning, verbose or debug stream.</summary>
public abstract class InformationalRecord
{
    internal InformationalRecord(string message) => Message = message;

    public InvocationInfo? InvocationInfo { get; internal set; }

    public string Message { get; set; }

    public override string ToString() => Message;
}
