using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Mandatory parameters, one of them from the pipe.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Required")]
public sealed class TestRequiredCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Key { get; set; } = string.Empty;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    public int Length { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Note { get; set; } = "none";

    [Parameter(ValueFromRemainingArguments = true)]
    public string[] Rest { get; set; } = [];

    protected override void ProcessRecord() => WriteObject($"{Key} {Length} {Note} [{string.Join(",", Rest)}]");
}
