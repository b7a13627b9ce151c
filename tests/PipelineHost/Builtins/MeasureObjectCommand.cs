using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Counts.</summary>
[Cmdlet("Measure", "Object")]
[Alias("measure")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private int count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            count++;
    }

    protected override void EndProcessing() => WriteObject(new MeasureInfo(count));
}
