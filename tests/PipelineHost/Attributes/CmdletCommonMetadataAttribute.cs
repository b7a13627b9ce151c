using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>What the cmdlet attribute has in common with its script twin.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class CmdletCommonMetadataAttribute : CmdletMetadataAttribute
{
    internal CmdletCommonMetadataAttribute()
    {
    }

    public ConfirmImpact ConfirmImpact { get; set; } = ConfirmImpact.Medium;

    public string? DefaultParameterSetName { get; set; }

    public string? HelpUri { get; set; }

    public RemotingCapability RemotingCapability { get; set; } = RemotingCapability.PowerShell;

    public bool SupportsPaging { get; set; }

    public bool SupportsShouldProcess { get; set; }

    public bool SupportsTransactions { get; set; }
}
