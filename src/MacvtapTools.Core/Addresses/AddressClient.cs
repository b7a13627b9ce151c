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

    /// <summary>What is asked when an address is given, in words.</summary>
    internal static string AddOperation(Link link, LinkAddress address) => $"give {link.Name} the address {address}";

    /// <summary>What is asked when an address is taken, in words.</summary>
    internal static string RemoveOperation(Link link, LinkAddress address) => $"take the address {address} from {link.Name}";

    /// <summary>That other addresses go with one, in words.</summary>
    internal static string TakenAlong(Link link, LinkAddress address, IReadOnlyList<LinkAddress> others, bool isDone) =>
        $"With {address} the kernel {(isDone ? "took" : "would take")} {string.Join(", ", others)} from {link.Name}: further addresses of the same network. With net.ipv4.conf.{link.Name}.promote_secondaries = 1 they would stay.";

    /// <summary>The addresses of a link that a prefix names: exactly these bytes, and this length where it was written.</summary>
    internal IReadOnlyList<LinkAddress> Find(Link link, IPPrefix address) =>
        [.. List([link]).Where(a => a.PrefixLength == address.Length && a.Own.AsSpan().SequenceEqual(address.Bytes))];

    /// <summary>Gives a link an address, and reads it back.</summary>
    /// <param name="link">The link.</param>
    /// <param name="wanted">The address, as <see cref="AddressBuilder"/> makes it.</param>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, EACCES, EINVAL, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal LinkAddress Add(Link link, AddressRecord wanted)
    {
        var address = new LinkAddress(link, wanted);
        AddressCodec.ComposeAdd(conversation.Compose(), wanted);
        conversation.Exchange()[0].ThrowIfFailed(AddOperation(link, address));
        LinkAddress now = ReadBack.Of(() => List([link]), $"{link.Name} has the address {address}", Shows(link), link).FirstOrDefault(a => Key(a) == Key(address))
            ?? throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the address {address} for {link.Name} and does not list it.", $"{link.Command("Get-LinkAddress")} shows what it has; another program may have taken it.", link);
        string[] lacking = [.. Lacking(wanted, address, now)];
        return lacking.Length == 0
            ? now
            : throw new MacvtapException(FailureId.ReadBackMismatch, $"{link.Name} has the address {address} now, but the kernel acknowledged and did not take its {string.Join(", ", lacking)}.", $"{link.Command("Get-LinkAddress")} shows what it has.", link);
    }

    /// <summary>Takes an address from a link, and looks that it is gone.</summary>
    /// <returns>Other addresses that went with it: IPv4 removes those of the same network with their first one, unless net.ipv4.conf.*.promote_secondaries is on.</returns>
    /// <exception cref="NetlinkException">The kernel refused: EADDRNOTAVAIL, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal IReadOnlyList<LinkAddress> Remove(Link link, LinkAddress address)
    {
        IReadOnlyList<LinkAddress> before = List([link]);
        AddressCodec.ComposeRemove(conversation.Compose(), link.InterfaceIndex, address.Own, address.PrefixLength, address.PeerBytes);
        conversation.Exchange()[0].ThrowIfFailed(RemoveOperation(link, address));
        HashSet<(string, string?)> after = [.. ReadBack.Of(() => List([link]), $"{link.Name} has the address {address} no more", Shows(link), link).Select(Key)];
        if (after.Contains(Key(address)))
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged that {link.Name} loses the address {address} and still lists it.", $"{link.Command("Get-LinkAddress")} shows what it has; another program may have given it again.", link);
        return [.. before.Where(a => Key(a) != Key(address) && !after.Contains(Key(a)))];
    }

    /// <summary>What was asked for and is not so. A kernel passes over attributes that it does not know.</summary>
    private static IEnumerable<string> Lacking(AddressRecord wanted, LinkAddress asked, LinkAddress now)
    {
        if (wanted.Label is not null && asked.Label != now.Label) yield return nameof(LinkAddress.Label);
        if (wanted.Broadcast is not null && asked.Broadcast != now.Broadcast) yield return nameof(LinkAddress.Broadcast);
        if (wanted.Metric is not null && asked.Metric != now.Metric) yield return nameof(LinkAddress.Metric);
        if (asked.Family == IPFamily.IPv4 && asked.Scope != now.Scope) yield return nameof(LinkAddress.Scope);
        if (!now.Flags.HasFlag(asked.Flags)) yield return nameof(LinkAddress.Flags);

        // The time goes on: it can be less by now, but not more.
        if (wanted.ValidLifetime != AddressCodec.Forever && (now.ValidLifetime ?? TimeSpan.MaxValue) > asked.ValidLifetime) yield return nameof(LinkAddress.ValidLifetime);
        if (wanted.PreferredLifetime != AddressCodec.Forever && (now.PreferredLifetime ?? TimeSpan.MaxValue) > asked.PreferredLifetime) yield return nameof(LinkAddress.PreferredLifetime);
    }

    private static string Shows(Link link) => $"{link.Command("Get-LinkAddress")} shows what it has.";

    private static (string Address, string? Peer) Key(LinkAddress address) => (address.Address, address.Peer);
}
