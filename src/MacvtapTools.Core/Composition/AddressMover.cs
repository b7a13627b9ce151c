using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Composition;

/// <summary>
/// Moves the IP addresses of a link to another one of the same network namespace, with the routes over it. Link-local IPv6 addresses stay, since they are made of the
/// link's own MAC address; the routes that the kernel makes for an address come with it; those of a router advertisement stay, because the kernel would make them again.
/// </summary>
/// <param name="session">The session of the namespace.</param>
/// <param name="undo">Where each step is remembered.</param>
internal sealed class AddressMover(LinkSession session, UndoLog undo)
{
    private readonly AddressClient _addresses = new(session.Conversation);
    private readonly RouteClient _routes = new(session.Conversation);

    /// <summary>The addresses of a link that are moved.</summary>
    internal static IReadOnlyList<LinkAddress> AddressesOf(LinkSession session, Link link) =>
        [.. new AddressClient(session.Conversation).List([link]).Where(a => a.Family == IPFamily.IPv4 || a.Scope != AddressScope.Link)];

    /// <summary>
    /// Moves. The addresses leave before they come again: with both links having one, the kernel would go on with the routes over the old link. Open connections survive:
    /// a socket keeps its address while no link has it, and what is sent meanwhile is sent again.
    /// </summary>
    /// <returns>What was moved.</returns>
    internal IReadOnlyList<LinkAddress> Move(Link from, Link to)
    {
        IReadOnlyList<LinkAddress> addresses = AddressesOf(session, from);
        List<LinkRoute> routes = [.. _routes.List([from], 0).Where(IsMoved).DistinctBy(r => r.Record)];

        // What is on the link itself first: the gateways of the others must be reachable when they come.
        routes = [.. routes.OrderBy(r => r.Gateway is not null)];
        foreach (LinkRoute route in Enumerable.Reverse(routes))
        {
            undo.Before($"{from.Name} lacks the route to {route.Destination}", from.Command("Add-LinkRoute", $"{route.Destination}{(route.Gateway is { } gateway ? $" {gateway}" : string.Empty)}"), () => Restore(from, route));
            UndoLog.Step<object?>(() => Nothing(() => _routes.Remove(route)), f => RouteCauses.ExplainRemove(f, route));
        }

        // Last first: an IPv4 network's first address takes the others of it along.
        foreach (LinkAddress address in Enumerable.Reverse(addresses))
        {
            undo.Before($"{from.Name} lacks the address {address}", from.Command("Add-LinkAddress", $"{address}"), () => Give(from, address, from.Name));
            UndoLog.Step(() => _addresses.Remove(from, address), f => AddressCauses.ExplainRemove(f, from));
        }

        foreach (LinkAddress address in addresses)
        {
            undo.Before($"{to.Name} has the address {address}", to.Command("Remove-LinkAddress", $"{address}"), () => Take(to, address));
            UndoLog.Step<object?>(() => Nothing(() => Give(to, address, from.Name)), f => AddressCauses.ExplainAdd(f, to, new IPPrefix(address.Own, address.PrefixLength)));
        }

        foreach (LinkRoute route in routes)
        {
            RouteRecord record = Copy(route.Record, from.InterfaceIndex, to.InterfaceIndex);
            undo.Before($"{to.Name} has the route to {route.Destination}", to.Command("Remove-LinkRoute", $"{route.Destination}"), () => Drop(to, record));
            UndoLog.Step(() => _routes.Add([from, to], record, to.NetworkNamespace), f => RouteCauses.ExplainAdd(f, to, RouteClient.Describe(to, record)));
        }

        return addresses;
    }

    private static bool IsMoved(LinkRoute route) =>
        route.Type == RouteType.Unicast && route.Table != RouteCodec.RT_TABLE_LOCAL && route.Protocol is not (RouteProtocol.Kernel or RouteProtocol.RouterAdvertisement or RouteProtocol.Redirect);

    private static object? Nothing(Action work)
    {
        work();
        return null;
    }

    private bool Has(Link link, LinkAddress address) => _addresses.Find(link, new IPPrefix(address.Own, address.PrefixLength)).Count > 0;

    /// <summary>The same address for another link, at once: nobody else has it, so that no time is lost looking for duplicates.</summary>
    private void Give(Link link, LinkAddress address, string formerLink)
    {
        if (Has(link, address)) return;
        AddressRecord known = address.Record;
        _addresses.Add(link, new AddressRecord
        {
            Family = known.Family,
            PrefixLength = known.PrefixLength,
            Index = link.InterfaceIndex,
            Scope = known.Scope,
            Local = address.Own,
            Address = address.PeerBytes,
            Broadcast = known.Broadcast,
            Label = known.Label == formerLink ? null : known.Label,
            Flags = (known.Flags & AddressCodec.IFA_F_NOPREFIXROUTE) | (address.Family == IPFamily.IPv6 ? AddressCodec.IFA_F_NODAD : 0),
            ValidLifetime = known.ValidLifetime,
            PreferredLifetime = known.PreferredLifetime,
            Metric = known.Metric,
        });
    }

    private void Take(Link link, LinkAddress address)
    {
        if (session.Reader.FindRecord(link.InterfaceIndex) is not null && _addresses.Find(link, new IPPrefix(address.Own, address.PrefixLength)) is [var there, ..]) _addresses.Remove(link, there);
    }

    private void Restore(Link link, LinkRoute route)
    {
        try
        {
            _routes.Add([link], Copy(route.Record, 0, 0), link.NetworkNamespace);
        }
        catch (KernelException failure) when (failure.Errno == Errno.EEXIST)
        {
            // It was never removed.
        }
    }

    private void Drop(Link link, RouteRecord record)
    {
        try
        {
            _routes.Remove(RouteClient.Describe(link, record));
        }
        catch (KernelException failure) when (failure.Errno is Errno.ESRCH or Errno.ENODEV)
        {
            // It was never made, or went with its address.
        }
    }

    /// <summary>The same route with one link in the place of another.</summary>
    internal static RouteRecord Copy(RouteRecord route, int from, int to)
    {
        var copy = new RouteRecord
        {
            Family = route.Family,
            PrefixLength = route.PrefixLength,
            SourceLength = route.SourceLength,
            TypeOfService = route.TypeOfService,
            Table = route.Table,
            Protocol = route.Protocol,
            Scope = route.Scope,
            Type = route.Type,
            Flags = route.Flags & RouteCodec.RTNH_F_ONLINK,
            Destination = route.Destination,
            PreferredSource = route.PreferredSource,
            Metric = route.Metric,
            NextHopId = from == to ? route.NextHopId : null, // The object is of one link; the route over the other one has a way of its own.
            Kept = route.Kept,
        };
        foreach (NextHop hop in route.NextHops) copy.NextHops.Add(hop with { Index = hop.Index == from ? to : hop.Index, Flags = hop.Flags & RouteCodec.RTNH_F_ONLINK });
        return copy;
    }
}
