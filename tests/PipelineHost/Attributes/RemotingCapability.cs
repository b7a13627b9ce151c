namespace System.Management.Automation;

/// <summary>How a command relates to remoting.</summary>
public enum RemotingCapability
{
    None = 0,
    PowerShell = 1,
    SupportedByCommand = 2,
    OwnedByCommand = 3,
}
