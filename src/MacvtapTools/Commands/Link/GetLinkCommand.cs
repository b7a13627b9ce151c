using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets links as the kernel has them now.</summary>
[Cmdlet(VerbsCommon.Get, "Link", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Link), typeof(MacvlanLink), typeof(MacvtapLink), typeof(TapLink), typeof(VethLink), typeof(BridgeLink), typeof(PhysicalLink))]
public sealed class GetLinkCommand : LinkReadCmdlet
{
    private string? _kind;

    /// <summary>Only links of this kind, as the kernel calls it: macvtap, macvlan, veth, bridge, tun.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNamespace)]
    [ArgumentCompleter(typeof(LinkKindCompleter))]
    public string? Kind
    {
        get => _kind;
        set => _kind = value?.ToLowerInvariant();
    }

    /// <summary>Only links on this lower device.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNamespace)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? LowerDevice { get; set; }

    private protected override string? ListedKind => Kind;

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        int? lower = LowerDevice is { } reference ? Find(session, reference, FailureId.LowerDeviceNotFound).InterfaceIndex : null;
        foreach (Link link in links)
        {
            if (Kind is not null && link.Kind != Kind) continue;
            if (lower is null || (link.LowerDeviceIndex == lower && link.LowerDeviceNamespaceId is null)) WriteObject(link);
        }
    }
}
