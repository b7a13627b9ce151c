using System.Management.Automation;
using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Removes routes over links.</summary>
[Cmdlet(VerbsCommon.Remove, "LinkRoute", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveLinkRouteCommand : LinkPartCmdlet<LinkRoute>
{
    /// <summary>The destinations; default means the default route of the gateway's family, and without a gateway those of both.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
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

    /// <summary>The routing table: 254 (main) where it is left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1u, uint.MaxValue)]
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
                foreach (LinkRoute route in found) Attempt(route, () => Remove(session, link, route));
            });
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessPart(LinkRoute part)
    {
        if (part is not { InterfaceIndex: { } index, Name: { } name })
            throw new MacvtapException(FailureId.ParameterInvalid, $"Will not remove the route to {part.Destination}: it leads over no link ({part.Type}).", "Leave such a route to what made it.", part);
        LinkSession session = Session(part.NetworkNamespace);
        Remove(session, LinkOf(session, index, name), part);
    }

    private void Remove(LinkSession session, Link link, LinkRoute route)
    {
        if (route.NextHopCount > 1) throw RouteCauses.SeveralWays(link, route);
        if (!ShouldProcess(Describe(link), $"Remove route to {route}, metric {route.Metric}, table {route.Table}")) return;
        try
        {
            new RouteClient(session.Conversation).Remove(link, route);
        }
        catch (KernelException failure)
        {
            throw RouteCauses.ExplainRemove(failure, link);
        }
    }
}
