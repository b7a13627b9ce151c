using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Commands;

/// <summary>Takes alternative names from links.</summary>
[Cmdlet(VerbsCommon.Remove, "LinkAlternativeName", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class RemoveLinkAlternativeNameCommand : AlternativeNameCmdlet
{
    private protected override string Action => "Remove alternative name";

    private protected override bool ShallHave => false;

    private protected override ListEditFailure? Edit(AlternativeNames client, Link link) => client.Remove(link, AlternativeName);
}
