using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Links;

/// <summary>Finds the link that another one points to, the other end of a veth pair or a lower device, in the network namespaces that can be found.</summary>
internal static class PeerFinder
{
    /// <summary>The other end, or null where it lives in a namespace that has no name or may not be looked into.</summary>
    /// <param name="veth">The near end.</param>
    /// <param name="reader">A reader of the near end's namespace.</param>
    internal static Link? Find(VethLink veth, LinkReader reader) => FindOnce(veth.PeerIndex, veth.PeerNamespaceId, reader);

    /// <summary>The lower device of a macvlan or macvtap, or null where it is gone, or lives in a namespace that has no name or may not be looked into.</summary>
    /// <param name="link">The link.</param>
    /// <param name="reader">A reader of the link's namespace.</param>
    internal static Link? FindLower(MacvlanLink link, LinkReader reader) => FindOnce(link.LowerDeviceIndex, link.LowerDeviceNamespaceId, reader);

    /// <summary>The same, with the session that it was found by, which stays open.</summary>
    /// <param name="veth">The near end.</param>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="open">Opens the session of another namespace.</param>
    internal static (LinkSession Session, Link Peer)? Find(VethLink veth, LinkSession session, Func<string?, LinkSession> open)
    {
        LinkSession there = session;
        return Find(veth.PeerIndex, veth.PeerNamespaceId, session.Reader, place => (there = open(place)).Reader) is { } peer ? (there, peer) : null;
    }

    private static Link? FindOnce(int? index, int? namespaceId, LinkReader reader)
    {
        LinkSession? opened = null;
        try
        {
            return Find(index, namespaceId, reader, place => (opened = LinkSession.Open(place)).Reader);
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private static Link? Find(int? index, int? namespaceId, LinkReader reader, Func<string, LinkReader> open)
    {
        if (index is not { } wanted) return null;
        try
        {
            if (namespaceId is not { } id) return reader.Find(wanted);
            return reader.NamespaceOf(id) is { } place ? open(place.ToString()).Find(wanted) : null;
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return null;
        }
    }
}
