namespace System.Management.Automation;

/// <summary>What a stream's preference says to do with a record.</summary>
public enum ActionPreference
{
    SilentlyContinue = 0,
    Stop = 1,
    Continue = 2,
    Inquire = 3,
    Ignore = 4,
    Suspend = 5,
}
