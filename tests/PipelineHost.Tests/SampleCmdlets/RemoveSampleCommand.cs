using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>A deleter that is confirmed by default, with -Force past ShouldContinue.</summary>
[Cmdlet(VerbsCommon.Remove, "Sample", DefaultParameterSetName = ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveSampleCommand : IdentityCommand
{
    private bool yesToAll;
    private bool noToAll;

    [Parameter]
    public SwitchParameter Ask { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in InputObject?.Select(i => i.Name) ?? Name ?? [])
        {
            if (!ShouldProcess(name))
                continue;

            if (!Ask || ShouldContinue($"Really {name}?", "Removal", ref yesToAll, ref noToAll))
                WriteObject($"removed {name}");
        }
    }
}
