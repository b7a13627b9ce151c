using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not make or remove a route.</summary>
internal static class RouteCauses
{
    private const int SmallestIPv6Mtu = 1280; // RFC 8200 section 5; IPV6_MIN_MTU
    private const int SmallestIPv4Mtu = 68; // RFC 791; IPV4_MIN_MTU

    /// <summary>A new route.</summary>
    internal static MacvtapException ExplainAdd(KernelException failure, Link? link, LinkRoute route) => failure.Errno switch
    {
        Errno.EEXIST when HasTwins(route) => Cause(failure, FailureId.ParameterInvalid, FailureCause.ValueInvalid, "two of its ways are the same, which IPv6 does not take", "Leave one out: -Weight gives a way a larger share.", link),
        Errno.EEXIST => Cause(failure, FailureId.RouteExists, FailureCause.RoutePresent, $"table {route.Table} has a route to {route.Destination} with that metric already", $"Give it another -Metric, or remove the other one: Get-LinkRoute -Destination {route.Destination}{CommandText.Place(route.NetworkNamespace)} shows it.", link),
        Errno.ENETDOWN => Cause(failure, FailureId.LinkBusy, FailureCause.LinkIsDown, route.NextHopCount > 1 ? "one of its links is off" : "the link is off", link is null ? null : $"{link.Command("Enable-Link")} first.", link),
        Errno.ENETUNREACH or Errno.EHOSTUNREACH when route.Gateway is { } gateway => Cause(
            failure,
            FailureId.ParameterInvalid, FailureCause.GatewayUnreachable,
            route.NextHopCount > 1 ? "one of its gateways is in no network that its link has an address in" : $"the gateway {gateway} is in no network that {route.Name} has an address in",
            $"{CommandText.For("Add-LinkAddress", route.Name ?? "LINK", route.NetworkNamespace)} with an address of the gateway's network, or add -OnLink.",
            link),
        Errno.ENODEV when link is not null && UsesIPv6(route) && link.Mtu < SmallestIPv6Mtu => Cause(failure, FailureId.ParameterInvalid, FailureCause.MtuTooSmallForIPv6, $"the MTU of {link.Name}, {link.Mtu} bytes, is too small for IPv6, which needs {SmallestIPv6Mtu}", $"{link.Command("Set-Link", $"-Mtu {SmallestIPv6Mtu}")} or more.", link),
        Errno.ENODEV when link?.Mtu < SmallestIPv4Mtu => Cause(failure, FailureId.ParameterInvalid, FailureCause.MtuTooSmallForIPv4, $"the MTU of {link.Name}, {link.Mtu} bytes, is too small for IPv4, which needs {SmallestIPv4Mtu}", $"{link.Command("Set-Link", $"-Mtu {SmallestIPv4Mtu}")} or more.", link),
        Errno.EACCES when link is not null && UsesIPv6(route) => Cause(failure, FailureId.ParameterInvalid, FailureCause.IPv6SwitchedOff, $"IPv6 is switched off on {link.Name}", AddressCauses.SwitchOn(link), link),
        Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP when UsesIPv6(route) => Cause(failure, FailureId.ParameterInvalid, FailureCause.IPv6Missing, "the kernel has no IPv6", "Take an IPv4 route; Test-MacvtapHost shows what this kernel has.", link),
        Errno.EINVAL when route.PreferredSource is { } source && IsAboutSource(failure) => Cause(failure, FailureId.ParameterInvalid, FailureCause.SourceNotOurs, $"{source} is no address of this host, or not in use yet", $"Get-LinkAddress{CommandText.Place(route.NetworkNamespace)} shows its addresses; an IPv6 address is Tentative for about a second.", link),
        Errno.EINVAL when route.Gateway is { } gateway && failure.KernelText is { } words && words.Contains("ateway", StringComparison.Ordinal) => Cause(
            failure,
            FailureId.ParameterInvalid, FailureCause.GatewayUnreachable,
            $"{gateway} is no neighbour over {route.Name}: an address of this host, a broadcast or a group, or one that another link leads to",
            $"{CommandText.For("Get-LinkAddress", route.Name ?? "LINK", route.NetworkNamespace)} shows its own addresses and networks; a gateway is another host in one of them.",
            link),
        Errno.EINVAL or Errno.EADDRNOTAVAIL => Cause(failure, FailureId.ParameterInvalid, FailureCause.ValueInvalid, failure.KernelText ?? "the kernel does not take such a route", $"{link?.Command("Get-LinkRoute") ?? $"Get-LinkRoute{CommandText.Place(route.NetworkNamespace)}"} shows routes that it took.", link),
        _ => GeneralCauses.Explain(failure, (object?)link ?? route),
    };

    /// <summary>The removal of a route.</summary>
    internal static MacvtapException ExplainRemove(KernelException failure, LinkRoute route) => failure.Errno == Errno.ESRCH
        ? Cause(failure, FailureId.RouteNotFound, FailureCause.RouteMissing, "there is none", $"Get-LinkRoute -Table {route.Table}{CommandText.Place(route.NetworkNamespace)} shows the routes.", route)
        : GeneralCauses.Explain(failure, route);

    /// <summary>There is no such route.</summary>
    internal static MacvtapException NotFound(Link link, string destination, uint table) => new(
        FailureId.RouteNotFound,
        $"Table {table} has no such route to {destination} over {link.Name}.",
        $"{link.Command("Get-LinkRoute")} shows the routes; -Table all those of all tables.",
        link);

    /// <summary>The kernel removes a route with several ways as a whole, whichever of them is named.</summary>
    internal static MacvtapException SeveralWays(LinkRoute route, int named) => new(
        FailureId.ParameterInvalid,
        $"Will not remove the route to {route}: {(named == 1 ? "it is one" : $"these are {named}")} of {route.NextHopCount} ways of a route, and the kernel would remove them all.",
        $"Get-LinkRoute -Destination {route.Destination} -Table {route.Table}{CommandText.Place(route.NetworkNamespace)} | Remove-LinkRoute removes the whole route.",
        route);

    private static bool UsesIPv6(LinkRoute route) => route.Family == IPFamily.IPv6 || route.Record.NextHops.Any(h => h.Gateway?.Length == 16);

    private static bool HasTwins(LinkRoute route) =>
        route.Family == IPFamily.IPv6 && route.Record.NextHops.Select(h => (h.Index, Convert.ToHexString(h.Gateway ?? []))).Distinct().Count() < route.NextHopCount;

    /// <summary>The two protocols' own words.</summary>
    private static bool IsAboutSource(KernelException failure) => failure.KernelText is null or "Invalid prefsrc address" or "Invalid source address";

    private static MacvtapException Cause(KernelException failure, FailureId id, FailureCause cause, string why, string? advice, object? target) => GeneralCauses.Because(failure, id, cause, why, advice, target);
}
