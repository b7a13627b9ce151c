using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Takes everything and gives nothing.</summary>
[Cmdlet("Out", "Null")]
public sealed class OutNullCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }
}
