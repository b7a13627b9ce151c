using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Writes to every stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Stream")]
public sealed class WriteStreamCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        WriteVerbose("v");
        WriteDebug("d");
        WriteWarning("w");
        WriteInformation("i", ["tag"]);
        WriteProgress(new ProgressRecord(1, "activity", "status") { PercentComplete = 50 });
        WriteObject("o");
    }
}
