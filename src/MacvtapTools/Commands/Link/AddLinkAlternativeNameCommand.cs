using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Commands;

/// <summary>Gives links further names, up to 127 bytes each. Every -Name takes them.</summary>
[Cmdlet(VerbsCommon.Add, "LinkAlternativeName", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class AddLinkAlternativeNameCommand : AlternativeNameCmdlet
{
    private protected override string Action => "Add alternative name";

    private protected override bool ShallHave => true;

    private protected override ListEditFailure? Edit(AlternativeNames client, Link link) => client.Add(link, AlternativeName);
}
