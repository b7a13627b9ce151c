using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Makes a bridge port behave as usual again: no frame goes back to where it came from.</summary>
[Cmdlet(VerbsLifecycle.Disable, "Hairpin", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(BridgePort))]
public sealed class DisableHairpinCommand : HairpinCmdlet
{
    private protected override bool On => false;
}
