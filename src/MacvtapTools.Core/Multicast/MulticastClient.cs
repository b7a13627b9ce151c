using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Multicast;

/// <summary>Reads and changes which multicast groups links of one network namespace let in.</summary>
internal sealed class MulticastClient(NetlinkConversation conversation, NamespaceHandle networkNamespace)
{
    // /proc/net/dev_mcast (dev_mc_seq_show in net/core/net-procfs.c): index, name, users, whether added by hand, address.
    private const int ColumnCount = 5;
    private const int IndexColumn = 0;
    private const int StaticColumn = 3;
    private const int AddressColumn = 4;

    /// <summary>The groups of some links, in the order of the links.</summary>
    /// <param name="links">The links, of this namespace.</param>
    /// <param name="onInterrupted">Called where links came and went during every attempt to read.</param>
    internal IEnumerable<LinkMulticastGroup> List(IReadOnlyList<Link> links, Action? onInterrupted = null)
    {
        if (links.Count == 0) return [];
        int only = links.Count == 1 ? links[0].InterfaceIndex : 0;
        var found = new List<(int Index, string Address)>();
        DumpOutcome outcome = conversation.Dump(
            requests => NeighbourCodec.ComposeDump(requests, only),
            found.Clear,
            (_, type, body) =>
            {
                if (type != RtnetlinkConstants.RTM_NEWNEIGH) return;
                NeighbourRecord record = NeighbourCodec.Read(body);
                if (record.IsOwnGroup) found.Add((record.Index, HardwareAddress.Format(record.Address)!));
            },
            "list the multicast groups");
        if (outcome.IsInterrupted) onInterrupted?.Invoke();
        ILookup<int, string> byLink = found.ToLookup(f => f.Index, f => f.Address);
        Dictionary<(int, string), bool> origins = ReadOrigins();
        return [.. links.SelectMany(l => byLink[l.InterfaceIndex].Select(a => new LinkMulticastGroup(l, a, origins.TryGetValue((l.InterfaceIndex, a), out bool isStatic) ? isStatic : null)))];
    }

    /// <summary>What is asked, in words.</summary>
    internal static string Operation(Link link, byte[] address, bool letsIn) => $"let {HardwareAddress.Format(address)} {(letsIn ? string.Empty : "no longer ")}into {link.Name}";

    /// <summary>The group of a link, or null where it does not let it in.</summary>
    internal LinkMulticastGroup? Find(Link link, byte[] address)
    {
        string text = HardwareAddress.Format(address)!;
        return List([link]).FirstOrDefault(g => g.MacAddress == text);
    }

    /// <summary>Lets a group in, and reads it back.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EEXIST, EOPNOTSUPP, EINVAL, EPERM.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch.</exception>
    internal LinkMulticastGroup Add(Link link, byte[] address)
    {
        NeighbourCodec.ComposeAddSelf(conversation.Compose(), link.InterfaceIndex, address);
        conversation.Exchange()[0].ThrowIfFailed(Operation(link, address, letsIn: true));
        return ReadBack.Of(() => Find(link, address), $"{link.Name} lets {HardwareAddress.Format(address)} in", Shows(link), link)
            ?? throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged the multicast group {HardwareAddress.Format(address)} for {link.Name} and does not list it.", $"{link.Command("Get-LinkMulticastGroup")} shows what it lets in.", link);
    }

    /// <summary>Lets a group in no longer.</summary>
    /// <returns>What is left where the group had another user, such as the host's own IP; null where it is gone.</returns>
    /// <exception cref="NetlinkException">The kernel refused: ENOENT, EOPNOTSUPP, EPERM.</exception>
    internal LinkMulticastGroup? Remove(Link link, byte[] address)
    {
        NeighbourCodec.ComposeRemoveSelf(conversation.Compose(), link.InterfaceIndex, address);
        conversation.Exchange()[0].ThrowIfFailed(Operation(link, address, letsIn: false));
        return ReadBack.Of(() => Find(link, address), $"{link.Name} lets {HardwareAddress.Format(address)} in no longer", Shows(link), link);
    }

    /// <summary>Reads /proc/net/dev_mcast; lines of other shapes are passed over.</summary>
    internal static Dictionary<(int Index, string Address), bool> ReadOrigins(string text)
    {
        var origins = new Dictionary<(int, string), bool>();
        foreach (string line in text.Split('\n'))
        {
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length != ColumnCount || !int.TryParse(columns[IndexColumn], NumberStyles.None, CultureInfo.InvariantCulture, out int index)) continue;
            if (HardwareAddress.TryParse(columns[AddressColumn], out byte[]? address)) origins[(index, HardwareAddress.Format(address)!)] = columns[StaticColumn] != "0";
        }

        return origins;
    }

    private static string Shows(Link link) => $"{link.Command("Get-LinkMulticastGroup")} shows what it lets in.";

    private Dictionary<(int, string), bool> ReadOrigins() =>
        ReadOrigins(NamespaceRunner.Run(networkNamespace, static () => NamespaceFile.TryReadHere($"{NamespaceFile.NetFolder}/dev_mcast")) ?? string.Empty);
}
