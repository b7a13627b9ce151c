namespace System.Management.Automation;

/// <summary>Whether a progress record is the last of its activity.</summary>
public enum ProgressRecordType
{
    Processing = 0,
    Completed = 1,
}
