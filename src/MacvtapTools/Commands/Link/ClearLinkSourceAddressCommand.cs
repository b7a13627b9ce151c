using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Empties the list of MAC addresses that a link in source mode receives from: it receives nothing then.</summary>
[Cmdlet(VerbsCommon.Clear, "LinkSourceAddress", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(MacvlanLink), typeof(MacvtapLink))]
public sealed class ClearLinkSourceAddressCommand : SourceAddressCmdlet
{
    private protected override string Change => "Clear the source addresses";

    private protected override Verdict Check(MacvlanLink link, LinkSnapshot place) => ListPreflight.CheckClearing(link, place);

    private protected override ListEditFailure? Edit(SourceAddressEditor editor, MacvlanLink link) => editor.Clear(link);
}
