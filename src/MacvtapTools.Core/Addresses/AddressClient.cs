using MacvtapTools.Failures;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Addresses;

/// <summary>Reads and changes the IP addresses of links of one network namespace.</summary>
internal sealed class AddressClient(NetlinkConversation conversation)
{
    /// <summary>The addresses of some links, in the order of the links; each link's in the kernel's order.</summary>
    /// <param name="links">The links, of this namespace.</param>
    /// <param name="onInterrupted">Called where addresses came and went during every attempt to read.</param>
    internal IReadOnlyList<LinkAddress> List(IReadOnlyList<Link> links, Action? onInterrupted = null)
    {
        if (links.Count == 0) return [];
        int only = links.Count == 1 ? links[0].InterfaceIndex : 0;
        var found = new List<AddressRecord>();
        DumpOutcome outcome = conversation.Dump(
            requests => AddressCodec.ComposeDump(requests, only),
            found.Clear,
            (_, type, body) =>
            {
                if (type != RtnetlinkConstants.RTM_NEWADDR) return;
                AddressRecord record = AddressCodec.Read(body);
                if (record.Own is not null) found.Add(record);
            },
            "list the addresses");
        if (outcome.IsInterrupted) onInterrupted?.Invoke();
        ILookup<int, AddressRecord> byLink = found.ToLookup(r => r.Index);
        return [.. links.SelectMany(l => byLink[l.InterfaceIndex].Select(r => new LinkAddress(l, r)))];
    }

    /// <summary>The addresses of a link that a prefix names: exactly these bytes, and this length where it was written.</summary>
    internal IReadOnlyList<LinkAddress> Find(Link link, IPPrefix address) =>
        [.. List([link]).Where(a => a.PrefixLength == address.Length && a.Own.AsSpan().SequenceEqual(address.Bytes))];

    /// <summary>Gives a link an address, and reads it back.</summary>
    /// <param name="link">The link.</param>
    /// <param name="address">The address.</param>
    /// <param name="noDetection">IPv6: use it at once, without looking whether another host has it.</param>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, EACCES, EINVAL, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal LinkAddress Add(Link link, IPPrefix address, bool noDetection)
    {
        uint flags = noDetection && address.Family == IPFamily.IPv6 ? AddressCodec.IFA_F_NODAD : 0;
        AddressCodec.ComposeAdd(conversation.Compose(), link.InterfaceIndex, address.Bytes, address.Length, flags);
        conversation.Exchange()[0].ThrowIfFailed($"give {link.Name} the address {address}");
        IReadOnlyList<LinkAddress> now = Find(link, address);
        return now.Count > 0
            ? now[0]
            : throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the address {address} for {link.Name} and does not list it.", null, link);
    }

    /// <summary>Takes an address from a link, and looks that it is gone.</summary>
    /// <returns>Other addresses that went with it: IPv4 removes those of the same network with their first one, unless net.ipv4.conf.*.promote_secondaries is on.</returns>
    /// <exception cref="NetlinkException">The kernel refused: EADDRNOTAVAIL, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal IReadOnlyList<LinkAddress> Remove(Link link, LinkAddress address)
    {
        IReadOnlyList<LinkAddress> before = List([link]);
        AddressCodec.ComposeRemove(conversation.Compose(), link.InterfaceIndex, address.Own, address.PrefixLength, address.PeerBytes);
        conversation.Exchange()[0].ThrowIfFailed($"take the address {address} from {link.Name}");
        HashSet<(string, string?)> after = [.. List([link]).Select(Key)];
        if (after.Contains(Key(address)))
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged that {link.Name} loses the address {address} and still lists it.", null, link);
        return [.. before.Where(a => Key(a) != Key(address) && !after.Contains(Key(a)))];
    }

    private static (string Address, string? Peer) Key(LinkAddress address) => (address.Address, address.Peer);
}
