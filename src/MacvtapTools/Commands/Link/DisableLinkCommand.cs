using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Switches links off.</summary>
[Cmdlet(VerbsLifecycle.Disable, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class DisableLinkCommand : LinkSwitchCmdlet
{
    private protected override bool On => false;
}
