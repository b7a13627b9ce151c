using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Composition;

/// <summary>A link that is not made yet, as later steps of a composition would find it: so that they can be checked before the first one is done.</summary>
internal static class PlannedLink
{
    /// <summary>An index that no link has: the kernel counts up from 1.</summary>
    internal const int Index = int.MaxValue;

    private const ushort ARPHRD_ETHER = 1;

    /// <summary>A bridge.</summary>
    internal static BridgeLink Bridge(string name, int mtu, LinkSession session) => (BridgeLink)Link.From(Record(name, BridgeSettings.Bridge, mtu, new BridgeFacts()), Names(session));

    /// <summary>A macvlan in bridge mode.</summary>
    internal static Link Macvlan(string name, int mtu, LinkSession session)
    {
        LinkRecord record = Record(name, MacvlanSettings.Macvlan, mtu, null);
        record.Macvlan = new MacvlanFacts { Mode = LinkMode.Bridge };
        return Link.From(record, Names(session));
    }

    private static LinkRecord Record(string name, string kind, int mtu, BridgeFacts? bridge) =>
        new() { Index = Index, Name = name, Kind = kind, Mtu = (uint)mtu, HardwareType = ARPHRD_ETHER, Flags = RtnetlinkConstants.IFF_UP, Bridge = bridge };

    private static LinkNames Names(LinkSession session) => new(session.Reader.NetworkNamespace, null, null);
}
