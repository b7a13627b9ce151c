using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
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

    /// <summary>The next router. Left out, the destination is on the link itself. An IPv4 route may have an IPv6 gateway.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Gateway { get; set; }

    /// <summary>Among routes to the same destination the least one is taken. Left out, the kernel has 0 for IPv4 and 1024 for IPv6.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint? Metric { get; set; }

    /// <summary>The routing table: 254 (main) where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1u, uint.MaxValue)]
    public uint Table { get; set; } = RouteBuilder.MainTable;

    /// <summary>The source address that this host takes for packets to there; one of its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? PreferredSource { get; set; }

    /// <summary>Takes the gateway as reachable on the link, whatever the addresses of the link say.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter OnLink { get; set; }

    /// <summary>Gives the routes back as the kernel lists them afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        foreach (string text in Destination) Attempt(link, () => Add(session, link, text));
    }

    private void Add(LinkSession session, Link link, string text)
    {
        RouteRecord record = RouteBuilder.Build(link, text, Gateway, Metric, Table, PreferredSource, OnLink);
        LinkRoute wanted = RouteClient.Describe(link, record);
        if (!ShouldProcess(Describe(link), $"Add route to {wanted}{(Metric is { } metric ? $", metric {metric}" : string.Empty)}, table {Table}")) return;
        try
        {
            LinkRoute added = new RouteClient(session.Conversation).Add(link, record);
            if (PassThru) WriteObject(added);
        }
        catch (KernelException failure)
        {
            throw RouteCauses.ExplainAdd(failure, link, wanted);
        }
    }
}
