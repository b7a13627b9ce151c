using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Composition;

/// <summary>Addresses that a link is to get which is not made yet: each is checked against those before it, and the kernel's routes for them are known.</summary>
internal static class AddressPlan
{
    private const int IPv4Bits = 32;
    private const int IPv6Bits = 128;

    /// <summary>Checks the addresses.</summary>
    /// <param name="link">The link, as it will be.</param>
    /// <param name="wanted">The addresses.</param>
    /// <param name="present">Addresses that it gets before them.</param>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="place">Its namespace.</param>
    /// <exception cref="Failures.MacvtapException">The kernel would refuse one.</exception>
    internal static Verdict Check(Link link, IReadOnlyList<IPPrefix> wanted, IReadOnlyList<LinkAddress> present, LinkSession session, LinkSnapshot place)
    {
        IPv6Support support = link.InterfaceIndex == PlannedLink.Index ? new IPSettings(session.Namespace).IPv6OfNew(link.Mtu) : new IPSettings(session.Namespace).IPv6Of(link);
        List<LinkAddress> before = [.. present];
        Verdict verdict = Verdict.Accepted;
        foreach (IPPrefix address in wanted)
        {
            AddressRecord record = AddressBuilder.Build(link, address, new AddressOptions());
            verdict = verdict.And(UndoLog.Step(() => AddressPreflight.CheckAdd(link, record, before, support, place), f => AddressCauses.ExplainAdd(f, link, address)));
            before.Add(new LinkAddress(link, record));
        }

        return verdict;
    }

    /// <summary>The routes that the kernel makes for an address: to the address itself, and to its network.</summary>
    internal static IEnumerable<RouteRecord> Routes(Link link, LinkAddress address)
    {
        bool isIPv4 = address.Family == IPFamily.IPv4;
        int whole = isIPv4 ? IPv4Bits : IPv6Bits;
        yield return Route(address.Own, whole, RouteCodec.RT_TABLE_LOCAL, RouteCodec.RTN_LOCAL, isIPv4 ? RouteCodec.RT_SCOPE_HOST : RouteCodec.RT_SCOPE_UNIVERSE);
        if (address.PrefixLength < whole)
            yield return Route(new IPPrefix(address.PeerBytes ?? address.Own, address.PrefixLength).Network().Bytes, address.PrefixLength, RouteCodec.RT_TABLE_MAIN, RouteCodec.RTN_UNICAST, isIPv4 ? RouteCodec.RT_SCOPE_LINK : RouteCodec.RT_SCOPE_UNIVERSE);

        RouteRecord Route(byte[] destination, int length, uint table, byte type, byte scope)
        {
            var route = new RouteRecord { Family = (byte)address.Family, Destination = destination, PrefixLength = length, Table = table, Type = type, Scope = scope };
            route.NextHops.Add(new NextHop(link.InterfaceIndex, null, 0, 1));
            return route;
        }
    }
}
