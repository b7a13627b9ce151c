using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Lets a bridge port send frames back to where they came from: the reflective relay that vepa needs.</summary>
[Cmdlet(VerbsLifecycle.Enable, "Hairpin", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(BridgePort))]
public sealed class EnableHairpinCommand : HairpinCmdlet
{
    private protected override bool On => true;
}
