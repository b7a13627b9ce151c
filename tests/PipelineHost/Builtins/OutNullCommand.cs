using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Builtins;

/// <summary>Takes everything and gives nothing.</summary>
[Cmdlet("Out", "Null")]
public sealed class OutNullCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }
}
