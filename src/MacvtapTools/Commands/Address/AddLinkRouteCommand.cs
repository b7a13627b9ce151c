using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Makes routes over links.</summary>
[Cmdlet(VerbsCommon.Add, "LinkRoute", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(LinkRoute))]
public sealed class AddLinkRouteCommand : LinkChangeCmdlet
{
    /// <summary>The destinations: networks such as 10.1.0.0/16 and fd00:1::/64, single addresses, or default, of the gateway's family.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string[] Destination { get; set; } = [];

    /// <summary>The next router; several make a route with several ways. Left out, the destination is on the link itself. An IPv4 route may have an IPv6 gateway.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.InputObject, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? Gateway { get; set; }

    /// <summary>The shares of the gateways among the ways, 1 to 256, in their order. 1 for each where it is left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex)]
    [Parameter(ParameterSetName = ParameterSets.InputObject)]
    [ValidateRange(1, 256)]
    public int[]? Weight { get; set; }

    /// <summary>Further ways, also over other links: objects with Name or InterfaceIndex, Gateway, Weight and OnLink, as Get-LinkRoute gives them for each way.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex)]
    [Parameter(ParameterSetName = ParameterSets.InputObject)]
    public PSObject[]? NextHop { get; set; }

    /// <summary>Makes a route that leads nowhere: Blackhole drops packets without a word, Unreachable and Prohibit say so to the sender, Throw goes on in the next table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.WithoutLink)]
    [ValidateSet(nameof(RouteType.Blackhole), nameof(RouteType.Unreachable), nameof(RouteType.Prohibit), nameof(RouteType.Throw))]
    public RouteType Type { get; set; }

    /// <summary>The family of a default route that leads nowhere: IPv4 where it is left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.WithoutLink)]
    public IPFamily Family { get; set; } = IPFamily.IPv4;

    /// <summary>Among routes to the same destination the least one is taken. Left out, the kernel has 0 for IPv4 and 1024 for IPv6.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint? Metric { get; set; }

    /// <summary>The routing table, by number or as main, local or default: 254 (main) where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1u, uint.MaxValue)]
    [RouteTable]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint Table { get; set; } = RouteBuilder.MainTable;

    /// <summary>The source address that this host takes for packets to there; one of its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? PreferredSource { get; set; }

    /// <summary>Takes the gateway as reachable on the link, whatever the addresses of the link say.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSets.InputObject, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter OnLink { get; set; }

    /// <summary>Gives the routes back as the kernel lists them afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != ParameterSets.WithoutLink)
        {
            base.ProcessRecord();
            return;
        }

        Attempt(null, () => AddWithoutLink(Session()));
    }

    /// <summary>IPv6 keeps such routes at the loopback link, and lists them so.</summary>
    private void AddWithoutLink(LinkSession session)
    {
        foreach (string text in Destination)
            Attempt(text, () => Add(session, null, RouteBuilder.Build([], Type, text, Metric, Table, PreferredSource, Family), session.Reader.Find("lo") is { } loopback ? [loopback] : []));
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        RouteWay[] ways = [.. Ways(session, link)];
        foreach (string text in Destination)
            Attempt(link, () => Add(session, link, RouteBuilder.Build(ways, RouteType.Unicast, text, Metric, Table, PreferredSource), [.. ways.Select(w => w.Link)]));
    }

    private IEnumerable<RouteWay> Ways(LinkSession session, Link link)
    {
        string[] gateways = [.. (Gateway ?? []).Where(g => !string.IsNullOrEmpty(g))];
        if (Weight is { } weights && weights.Length != Math.Max(gateways.Length, 1))
            throw new MacvtapException(FailureId.ParameterInvalid, $"There are {gateways.Length} gateways and {weights.Length} weights.", "Give -Weight a number for each -Gateway.", link);
        for (int i = 0; i < gateways.Length; i++) yield return new RouteWay(link, gateways[i], Weight?[i] ?? 1, OnLink);
        if (gateways.Length == 0 && NextHop is null) yield return new RouteWay(link, null, Weight?[0] ?? 1, OnLink);
        foreach (PSObject hop in NextHop ?? []) yield return NextHopReader.Read(hop, link, OnLink, r => Find(session, r, FailureId.LinkNotFound));
    }

    private void Add(LinkSession session, Link? link, RouteRecord record, IReadOnlyList<Link> links)
    {
        string? place = session.Reader.NetworkNamespace;
        LinkRoute wanted = RouteClient.Describe(links, record, place)[0];
        string ways = record.NextHops.Count > 1 ? $", {record.NextHops.Count} ways" : link is null ? $", {wanted.Type}" : string.Empty;
        string target = link is not null ? Describe(link) : place is null ? "the current network namespace" : $"network namespace {place}";
        string change = $"Add route to {wanted}{ways}{(Metric is { } metric ? $", metric {metric}" : string.Empty)}, table {Table}";
        try
        {
            if (!Proceed(target, change, () => RoutePreflight.CheckAdd(record, links, place, RouteScene.Take(session)))) return;
            IReadOnlyList<LinkRoute> added = new RouteClient(session.Conversation).Add(links, record, place);
            if (PassThru) WriteObject(added, enumerateCollection: true);
        }
        catch (KernelException failure)
        {
            throw RouteCauses.ExplainAdd(failure, link, wanted);
        }
    }
}
