using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Two sets and no default.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Set")]
public sealed class TestSetCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "A", Mandatory = true)]
    public string? Alpha { get; set; }

    [Parameter(ParameterSetName = "B", Mandatory = true)]
    public string? Beta { get; set; }

    [Parameter]
    public string? Both { get; set; }

    [Parameter(ParameterSetName = "A")]
    [Parameter(ParameterSetName = "B", Mandatory = true)]
    public string? Shared { get; set; }

    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} {Alpha}{Beta}{Both}{Shared}");
}
