using System.Text;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>
/// What the kernel would say to changes of what a link can have several of: alternative names (rtnl_alt_ifname in net/core/rtnetlink.c), source addresses
/// (macvlan_changelink in drivers/net/macvlan.c), multicast groups (rtnl_fdb_add and rtnl_fdb_del in net/core/rtnetlink.c).
/// </summary>
internal static class ListPreflight
{
    private const ushort ARPHRD_ETHER = 1;
    private const int LongestAlternativeName = 127; // ALTIFNAMSIZ - 1
    private const string NoList = "FDB add only supported for Ethernet devices";
    private const string NoListToTakeFrom = "FDB delete only supported for Ethernet devices";

    /// <summary>The first of some alternative names that would be refused, or null. Each is checked against what those before it leave.</summary>
    internal static (PredictedRefusal Refusal, string Name)? FindRefusedName(Link link, IReadOnlyList<string> names, bool shallHave, LinkSnapshot place)
    {
        HashSet<string> own = [.. link.AlternativeName];
        foreach (string name in names)
        {
            string operation = AlternativeNames.Operation(link, name, shallHave);
            try
            {
                place.RequireRights(operation);
                if (Encoding.UTF8.GetByteCount(name) > LongestAlternativeName) throw new PredictedRefusal(Errno.ERANGE, operation, Rules.PolicyFailed);
                if (shallHave) RequireNewName(link, name, own, place, operation);
                else RequireOwnName(link, name, own, place, operation);
            }
            catch (PredictedRefusal refusal)
            {
                return (refusal, name);
            }
        }

        return null;
    }

    /// <summary>New source addresses, and such that go.</summary>
    /// <exception cref="Failures.MacvtapException">No addresses, or too many of them.</exception>
    internal static Verdict CheckSourceAddresses(MacvlanLink link, IReadOnlyList<string> addresses, SourceListChange change, LinkSnapshot place)
    {
        List<byte[]> sent = change == SourceListChange.Add ? SourceAddressEditor.ToAdd(link, addresses) : SourceAddressEditor.ToRemove(link, addresses);
        if (sent.Count > 0) RequireSourceMode(link, SourceAddressEditor.Operation(link, sent[0], change), place);
        return Verdict.Accepted;
    }

    /// <summary>An empty list of source addresses.</summary>
    internal static Verdict CheckClearing(MacvlanLink link, LinkSnapshot place)
    {
        RequireSourceMode(link, SourceAddressEditor.ClearOperation(link), place);
        return Verdict.Accepted;
    }

    /// <summary>A multicast group to be let in, or no longer.</summary>
    internal static Verdict CheckGroup(Link link, byte[] address, bool letsIn, MulticastClient groups, LinkSnapshot place)
    {
        string operation = MulticastClient.Operation(link, address, letsIn);
        place.RequireRights(operation);
        if (link.Record.HardwareType != ARPHRD_ETHER) throw new PredictedRefusal(Errno.EINVAL, operation, letsIn ? NoList : NoListToTakeFrom);
        bool isIn = groups.Find(link, address) is not null;
        if (isIn == letsIn) throw new PredictedRefusal(letsIn ? Errno.EEXIST : Errno.ENOENT, operation);

        // These have an answer of their own to the request (ndo_fdb_add); what macvlan and the rest of the kinds here say is known.
        return link.Kind is "vxlan" or "dsa" || link is PhysicalLink ? new Verdict($"whether the driver of {link.Name} lets groups in one by one shows only when it is tried") : Verdict.Accepted;
    }

    private static void RequireNewName(Link link, string name, HashSet<string> own, LinkSnapshot place, string operation)
    {
        if (name == link.Name || !own.Add(name) || place.Find(name) is not null) throw new PredictedRefusal(Errno.EEXIST, operation);
    }

    private static void RequireOwnName(Link link, string name, HashSet<string> own, LinkSnapshot place, string operation)
    {
        if (own.Remove(name)) return;
        bool isInTheWay = name == link.Name || (place.Find(name) is { } owner && owner.InterfaceIndex != link.InterfaceIndex);
        throw new PredictedRefusal(isInTheWay ? Errno.EINVAL : Errno.ENOENT, operation);
    }

    private static void RequireSourceMode(MacvlanLink link, string operation, LinkSnapshot place)
    {
        place.RequireRights(operation);
        if (link.Mode != LinkMode.Source) throw new PredictedRefusal(Errno.EINVAL, operation);
    }
}
