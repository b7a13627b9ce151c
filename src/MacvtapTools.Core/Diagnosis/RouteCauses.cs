using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not make or remove a route.</summary>
internal static class RouteCauses
{
    /// <summary>A new route.</summary>
    internal static MacvtapException ExplainAdd(KernelException failure, Link? link, LinkRoute route) => failure.Errno switch
    {
        Errno.EEXIST => Cause(failure, FailureId.RouteExists, FailureCause.RoutePresent, $"table {route.Table} has a route to {route.Destination} with that metric already", $"Give it another -Metric, or remove the other one: Get-LinkRoute -Destination {route.Destination} shows it.", link),
        Errno.ENETDOWN => Cause(failure, FailureId.LinkBusy, FailureCause.LinkIsDown, route.NextHopCount > 1 ? "one of its links is off" : "the link is off", link is null ? null : $"Enable-Link {link.Name} first.", link),
        Errno.ENETUNREACH or Errno.EHOSTUNREACH when route.Gateway is { } gateway => Cause(
            failure,
            FailureId.ParameterInvalid, FailureCause.GatewayUnreachable,
            route.NextHopCount > 1 ? "one of its gateways is in no network that its link has an address in" : $"the gateway {gateway} is in no network that {route.Name} has an address in",
            $"Add-LinkAddress {route.Name} with an address of the gateway's network, or add -OnLink.",
            link),
        Errno.EINVAL when route.PreferredSource is { } source => Cause(failure, FailureId.ParameterInvalid, FailureCause.SourceNotOurs, $"{source} is no address of this host, or the kernel does not take another value", "Get-LinkAddress shows its addresses.", link),
        Errno.EINVAL or Errno.EADDRNOTAVAIL => Cause(failure, FailureId.ParameterInvalid, FailureCause.ValueInvalid, failure.KernelText ?? "the kernel does not take such a route", null, link),
        _ => GeneralCauses.Explain(failure, (object?)link ?? route),
    };

    /// <summary>The removal of a route.</summary>
    internal static MacvtapException ExplainRemove(KernelException failure, LinkRoute route) => failure.Errno == Errno.ESRCH
        ? Cause(failure, FailureId.RouteNotFound, FailureCause.RouteMissing, "there is none", $"Get-LinkRoute -Table {route.Table} shows the routes.", route)
        : GeneralCauses.Explain(failure, route);

    /// <summary>There is no such route.</summary>
    internal static MacvtapException NotFound(Link link, string destination, uint table) => new(
        FailureId.RouteNotFound,
        $"Table {table} has no such route to {destination} over {link.Name}.",
        $"Get-LinkRoute {link.Name} shows the routes; -Table 0 those of all tables.",
        link);

    /// <summary>The kernel removes a route with several ways as a whole, whichever of them is named.</summary>
    internal static MacvtapException SeveralWays(LinkRoute route, int named) => new(
        FailureId.ParameterInvalid,
        $"Will not remove the route to {route}: {(named == 1 ? "it is one" : $"these are {named}")} of {route.NextHopCount} ways of a route, and the kernel would remove them all.",
        $"Get-LinkRoute -Destination {route.Destination} -Table {route.Table} | Remove-LinkRoute removes the whole route.",
        route);

    private static MacvtapException Cause(KernelException failure, FailureId id, FailureCause cause, string why, string? advice, object? target) => GeneralCauses.Because(failure, id, cause, why, advice, target);
}
