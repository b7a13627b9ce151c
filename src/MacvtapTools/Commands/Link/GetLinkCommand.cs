using System.Management.Automation;
using MacvtapTools.Completion;

namespace MacvtapTools.Commands;

/// <summary>Gets links as the kernel has them now.</summary>
[Cmdlet(VerbsCommon.Get, "Link", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Link), typeof(MacvlanLink), typeof(MacvtapLink), typeof(TapLink), typeof(VethLink), typeof(BridgeLink), typeof(PhysicalLink))]
public sealed class GetLinkCommand : KernelCmdlet
{
    private string? _kind;

    /// <summary>The names of the links; patterns are taken. All links where it is left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The interface indexes of the links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Links that another cmdlet gave, to read again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    public Link[] InputObject { get; set; } = [];

    /// <summary>Only links of this kind, as the kernel calls it: macvtap, macvlan, veth, bridge, tun.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(LinkKindCompleter))]
    public string? Kind
    {
        get => _kind;
        set => _kind = value?.ToLowerInvariant();
    }

    /// <summary>Only links on this lower device.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? LowerDevice { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Attempt(index, () => WriteObject(LinkSelection.ByIndex(Session().Reader, index)));
                break;
            case ParameterSets.InputObject:
                foreach (Link link in InputObject) Attempt(link, () => WriteObject(LinkSelection.Again(Session(link.NetworkNamespace).Reader, link)));
                break;
            default:
                if (Name is null) Attempt(null, () => Write(LinkSelection.All(Session().Reader, Kind, WarnInterrupted)));
                else foreach (string name in Name) Attempt(name, () => Write(LinkSelection.ByName(Session().Reader, name, Kind, WarnInterrupted)));
                break;
        }
    }

    private void Write(IEnumerable<Link> links)
    {
        int? lower = LowerDevice is { } reference ? Find(Session(), reference, Failures.FailureId.LowerDeviceNotFound).InterfaceIndex : null;
        foreach (Link link in links)
        {
            if (Kind is not null && link.Kind != Kind) continue;
            if (lower is null || (link.LowerDeviceIndex == lower && link.LowerDeviceNamespaceId is null)) WriteObject(link);
        }
    }
}
