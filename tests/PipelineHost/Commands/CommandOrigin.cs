namespace System.Management.Automation;

/// <summary>Who asked for a command.</summary>
public enum CommandOrigin
{
    Runspace = 0,
    Internal = 1,
}
