using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Removes MAC addresses from those that a link in source mode receives from.</summary>
[Cmdlet(VerbsCommon.Remove, "LinkSourceAddress", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(MacvlanLink), typeof(MacvtapLink))]
public sealed class RemoveLinkSourceAddressCommand : SourceAddressCmdlet
{
    /// <summary>The MAC addresses to remove, in any usual spelling; those that are not there are passed over.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(LinkSourceAddressCompleter))]
    public string[] SourceAddress { get; set; } = [];

    private protected override string Change => $"Remove source address {string.Join(", ", SourceAddress)}";

    private protected override Verdict Check(MacvlanLink link, LinkSnapshot place) => ListPreflight.CheckSourceAddresses(link, SourceAddress, SourceListChange.Remove, place);

    private protected override ListEditFailure? Edit(SourceAddressEditor editor, MacvlanLink link) => editor.Remove(link, SourceAddress);
}
