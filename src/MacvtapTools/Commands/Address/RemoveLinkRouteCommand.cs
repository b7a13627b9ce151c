using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Removes routes over links.</summary>
[Cmdlet(VerbsCommon.Remove, "LinkRoute", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveLinkRouteCommand : LinkPartCmdlet<LinkRoute>
{
    /// <summary>Routes with several ways of which some have come by the pipe: the kernel removes such a route as a whole, so all of them have to be named.</summary>
    private readonly Dictionary<RouteRecord, List<LinkRoute>> _waiting = new(ReferenceEqualityComparer.Instance);

    /// <summary>The destinations; default means the default route of the gateway's family, and without a gateway those of both.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinkRouteCompleter))]
    public string[] Destination { get; set; } = [];

    /// <summary>Only routes by this gateway.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Gateway { get; set; }

    /// <summary>Only routes with this metric.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    public uint? Metric { get; set; }

    /// <summary>The routing table, by number or as main, local or default: 254 (main) where it is left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1u, uint.MaxValue)]
    [RouteTable]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint Table { get; set; } = RouteBuilder.MainTable;

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        foreach (string text in Destination)
        {
            Attempt(link, () =>
            {
                string? gateway = string.IsNullOrEmpty(Gateway) ? null : IPPrefix.Text(IPPrefix.ParseAddress(Gateway));
                bool isDefault = text.Equals(IPPrefix.Default, StringComparison.OrdinalIgnoreCase);
                string? wanted = isDefault ? null : IPPrefix.ParseDestination(text, IPFamily.IPv4).ToString();
                LinkRoute[] found = [.. new RouteClient(session.Conversation).List([link], Table).Where(r =>
                    (isDefault ? r.Record.PrefixLength == 0 : r.Destination == wanted) && (gateway is null || r.Gateway == gateway) && (Metric is null || r.Metric == Metric))];
                if (found.Length == 0) throw RouteCauses.NotFound(link, text, Table);
                foreach (IGrouping<RouteRecord, LinkRoute> ways in found.GroupBy(r => r.Record))
                {
                    LinkRoute[] named = [.. ways];
                    Attempt(named[0], () => Remove(session, named));
                }
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (List<LinkRoute> ways in _waiting.Values) Report(RouteCauses.SeveralWays(ways[0], ways.Count));
    }

    /// <inheritdoc/>
    private protected override void ProcessPart(LinkRoute part)
    {
        LinkSession session = Session(part.NetworkNamespace);
        if (part is { InterfaceIndex: { } index, Name: { } name }) LinkOf(session, index, name);
        if (!_waiting.TryGetValue(part.Record, out List<LinkRoute>? ways)) _waiting[part.Record] = ways = [];
        ways.Add(part);
        if (ways.Count < part.NextHopCount) return;
        _waiting.Remove(part.Record);
        Remove(session, ways);
    }

    private void Remove(LinkSession session, IReadOnlyList<LinkRoute> ways)
    {
        LinkRoute route = ways[0];
        if (ways.Count < route.NextHopCount) throw RouteCauses.SeveralWays(route, ways.Count);
        string what = ways.Count > 1 ? $"with its {ways.Count} ways, " : string.Empty;
        string target = route is { Name: { } name, InterfaceIndex: { } index } ? $"{name} (index {index}{Place(", network namespace ")})" : $"{route.Type}{Place(" in network namespace ")}";
        try
        {
            if (!Proceed(target, $"Remove route to {route}, {what}metric {route.Metric}, table {route.Table}", () => RoutePreflight.CheckRemove(route, session))) return;
            new RouteClient(session.Conversation).Remove(route);
        }
        catch (KernelException failure)
        {
            throw RouteCauses.ExplainRemove(failure, route);
        }

        string Place(string before) => route.NetworkNamespace is { } place ? before + place : string.Empty;
    }
}
