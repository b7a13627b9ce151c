namespace System.Management.Automation;

/// <summary>How disruptive a cmdlet calls itself.</summary>
public enum ConfirmImpact
{
    None = 0,
    Low = 1,
    Medium = 2,
    High = 3,
}
