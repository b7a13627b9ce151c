using MacvtapTools.Addresses;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>
/// What the kernel would say to a new IP address of a link, and to the removal of one (inet_rtm_newaddr and inet_rtm_deladdr in net/ipv4/devinet.c,
/// inet6_rtm_newaddr and inet6_rtm_deladdr in net/ipv6/addrconf.c).
/// </summary>
internal static class AddressPreflight
{
    private const string IPv4Present = "ipv4: Address already assigned";
    private const string IPv4Scope = "ipv4: Invalid scope value";
    private const string IPv4Missing = "ipv4: Address not found";
    private const string IPv6Present = "ipv6: address already assigned";
    private const string IPv6Off = "ipv6: IPv6 is disabled on this device";
    private const string IPv6Loopback = "ipv6: Cannot assign loopback address on this device";
    private const string IPv6Missing = "ipv6: address not found";

    /// <summary>A new address.</summary>
    internal static Verdict CheckAdd(Link link, AddressRecord wanted, LinkSession session) =>
        CheckAdd(link, wanted, new AddressClient(session.Conversation).List([link]), new IPSettings(session.Namespace).IPv6Of(link), LinkSnapshot.Take(session));

    /// <summary>The same over what is known.</summary>
    /// <param name="link">The link.</param>
    /// <param name="wanted">The address.</param>
    /// <param name="present">The addresses that it has, in the kernel's order.</param>
    /// <param name="support">Whether it can have IPv6.</param>
    /// <param name="place">Its namespace.</param>
    internal static Verdict CheckAdd(Link link, AddressRecord wanted, IReadOnlyList<LinkAddress> present, IPv6Support support, LinkSnapshot place)
    {
        string operation = AddressClient.AddOperation(link, new LinkAddress(link, wanted));
        place.RequireRights(operation);
        if (wanted.Family == RtnetlinkConstants.AF_INET) RequireIPv4(link, wanted, present, operation);
        else RequireIPv6(link, wanted, present, support, operation);
        return link.Kind is "ipvlan" or "ipvtap" or "vrf"
            ? new Verdict($"whether {link.Name}, of kind {link.Kind}, takes the address shows only when it is given")
            : Verdict.Accepted;
    }

    /// <summary>The removal of an address.</summary>
    internal static Verdict CheckRemove(Link link, LinkAddress address, LinkSession session)
    {
        string operation = AddressClient.RemoveOperation(link, address);
        LinkSnapshot.Take(session).RequireRights(operation);
        IReadOnlyList<LinkAddress> present = new AddressClient(session.Conversation).List([link]);
        bool isIPv4 = address.Family == IPFamily.IPv4;
        if (!present.Any(a => a.Address == address.Address && a.Peer == address.Peer)) throw new PredictedRefusal(Errno.EADDRNOTAVAIL, operation, isIPv4 ? IPv4Missing : IPv6Missing);
        if (!isIPv4 || address.Flags.HasFlag(LinkAddressFlag.Secondary) || new IPSettings(session.Namespace).PromotesSecondaries(link)) return Verdict.Accepted;
        LinkAddress[] others = [.. present.Where(a => a.Address != address.Address && a.Flags.HasFlag(LinkAddressFlag.Secondary) && IsSameNetwork(a.Record, address.Record))];
        return others.Length == 0 ? Verdict.Accepted : new Verdict(Caveat: AddressClient.TakenAlong(link, address, others, isDone: false));
    }

    /// <summary>inet_rtm_newaddr, find_matching_ifa, __inet_insert_ifa: the same address of the same network, then another scope in it.</summary>
    private static void RequireIPv4(Link link, AddressRecord wanted, IReadOnlyList<LinkAddress> present, string operation)
    {
        // A link with a smaller MTU has no IPv4 at all (inetdev_event), and the kernel says that it had no memory for it.
        if (link.Mtu < Rules.SmallestMtu) throw new PredictedRefusal(Errno.ENOBUFS, operation);
        LinkAddress[] same = [.. present.Where(a => a.Family == IPFamily.IPv4 && IsSameNetwork(a.Record, wanted))];
        if (same.Any(a => a.Own.AsSpan().SequenceEqual(wanted.Own))) throw new PredictedRefusal(Errno.EEXIST, operation, IPv4Present);
        if (same.Any(a => a.Record.Scope != wanted.Scope)) throw new PredictedRefusal(Errno.EINVAL, operation, IPv4Scope);
    }

    /// <summary>ipv6_find_idev, inet6_addr_add, addrconf_add_dev, ipv6_add_addr: one address once, whatever its prefix length.</summary>
    private static void RequireIPv6(Link link, AddressRecord wanted, IReadOnlyList<LinkAddress> present, IPv6Support support, string operation)
    {
        if (support == IPv6Support.Missing) throw new PredictedRefusal(Errno.EOPNOTSUPP, operation);
        if (support == IPv6Support.TooSmall) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (present.Any(a => a.Family == IPFamily.IPv6 && a.Own.AsSpan().SequenceEqual(wanted.Own))) throw new PredictedRefusal(Errno.EEXIST, operation, IPv6Present);
        if (support == IPv6Support.Off) throw new PredictedRefusal(Errno.EACCES, operation, IPv6Off);
        bool isLoopbackAddress = wanted.Own.AsSpan()[..^1].IndexOfAnyExcept((byte)0) < 0 && wanted.Own?[^1] == 1;
        if (isLoopbackAddress && (link.Flags & InterfaceFlag.Loopback) == 0 && link.Kind != "vrf") throw new PredictedRefusal(Errno.EADDRNOTAVAIL, operation, IPv6Loopback);
    }

    /// <summary>Of the same prefix length, and the network of the one has the address (or the peer) of the other (inet_ifa_match).</summary>
    private static bool IsSameNetwork(AddressRecord one, AddressRecord other) =>
        one.PrefixLength == other.PrefixLength && NetworkOf(one).AsSpan().SequenceEqual(NetworkOf(other));

    private static byte[] NetworkOf(AddressRecord record) => new IPPrefix(record.Peer ?? record.Own ?? [], record.PrefixLength).Network().Bytes;
}
