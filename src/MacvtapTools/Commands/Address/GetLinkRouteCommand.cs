using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Addresses;
using MacvtapTools.Links;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Gets routes.</summary>
[Cmdlet(VerbsCommon.Get, "LinkRoute", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkRoute))]
public sealed class GetLinkRouteCommand : LinkReadCmdlet
{
    /// <summary>Only routes to exactly this destination: a prefix, an address, or default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkRouteCompleter))]
    public string? Destination { get; set; }

    /// <summary>The routing table, by number or name: 254 (main) where it is left out, 255 for local, 253 for default, 0 for all.</summary>
    [Parameter]
    [RouteTable]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint Table { get; set; } = RouteBuilder.MainTable;

    /// <summary>Only routes of this family.</summary>
    [Parameter]
    public IPFamily? Family { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        bool isDefault = string.Equals(Destination, IPPrefix.Default, StringComparison.OrdinalIgnoreCase);
        string? wanted = Destination is null || isDefault ? null : IPPrefix.ParseDestination(Destination, IPFamily.IPv4).ToString();
        foreach (LinkRoute route in new RouteClient(session.Conversation).List(links, Table, IsEverything, WarnInterrupted))
        {
            if (Family is { } family && route.Family != family) continue;
            if (isDefault ? route.Record.PrefixLength == 0 : wanted is null || route.Destination == wanted) WriteObject(route);
        }
    }
}
