using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Adds MAC addresses to those that a link in source mode receives from.</summary>
[Cmdlet(VerbsCommon.Add, "LinkSourceAddress", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(MacvlanLink), typeof(MacvtapLink))]
public sealed class AddLinkSourceAddressCommand : SourceAddressCmdlet
{
    /// <summary>The MAC addresses to add, in any usual spelling; with those that are there at most 5400.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string[] SourceAddress { get; set; } = [];

    private protected override string Change => $"Add source address {string.Join(", ", SourceAddress)}";

    private protected override Verdict Check(MacvlanLink link, LinkSnapshot place) => ListPreflight.CheckSourceAddresses(link, SourceAddress, SourceListChange.Add, place);

    private protected override ListEditFailure? Edit(SourceAddressEditor editor, MacvlanLink link) => editor.Add(link, SourceAddress);
}
