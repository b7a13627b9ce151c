using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>A setter: asks ShouldProcess, is silent without -PassThru.</summary>
[Cmdlet(VerbsCommon.Set, "Sample", DefaultParameterSetName = ByName, SupportsShouldProcess = true)]
public sealed class SetSampleCommand : IdentityCommand
{
    [Parameter(Position = 1)]
    public SampleMode Mode { get; set; } = SampleMode.Vepa;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in InputObject?.Select(i => i.Name) ?? Name ?? [])
        {
            if (ShouldProcess($"{name} (index 10)", $"Set mode to {Mode}") && PassThru)
                WriteObject(new Sample(name, 10) { Mode = Mode });
        }
    }
}
