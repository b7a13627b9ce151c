using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Switches links on.</summary>
[Cmdlet(VerbsLifecycle.Enable, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class EnableLinkCommand : LinkSwitchCmdlet
{
    private protected override bool On => true;
}
