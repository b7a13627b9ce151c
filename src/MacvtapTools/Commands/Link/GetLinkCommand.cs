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
    private WildcardPattern[] _kinds = [];

    /// <summary>Only links of these kinds, as the kernel calls them: macvtap, macvlan, veth, bridge, tun. Patterns are taken.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNamespace)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkKindCompleter))]
    public string[]? Kind { get; set; }

    /// <summary>Only links on this lower device.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNamespace)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? LowerDevice { get; set; }

    /// <summary>The kernel filters by one kind, and by its exact name.</summary>
    private protected override string? ListedKind => Kind is [var kind] && !WildcardPattern.ContainsWildcardCharacters(kind) ? kind.ToLowerInvariant() : null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _kinds = [.. (Kind ?? []).Select(k => new WildcardPattern(k, WildcardOptions.IgnoreCase))];
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        int? lower = LowerDevice is { } reference ? Find(session, reference, FailureId.LowerDeviceNotFound).InterfaceIndex : null;
        foreach (Link link in links)
        {
            if (Kind is not null && !Array.Exists(_kinds, k => link.Kind is { } kind && k.IsMatch(kind))) continue;
            if (lower is null || (link.LowerDeviceIndex == lower && link.LowerDeviceNamespaceId is null)) WriteObject(link);
        }
    }
}
