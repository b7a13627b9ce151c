using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Links;

/// <summary>Finds the other end of a veth pair in the network namespaces that can be found.</summary>
internal static class PeerFinder
{
    /// <summary>The other end, or null where it lives in a namespace that has no name or may not be looked into.</summary>
    /// <param name="veth">The near end.</param>
    /// <param name="reader">A reader of the near end's namespace.</param>
    internal static Link? Find(VethLink veth, LinkReader reader)
    {
        LinkSession? opened = null;
        try
        {
            return Find(veth, reader, place => (opened = LinkSession.Open(place)).Reader);
        }
        finally
        {
            opened?.Dispose();
        }
    }

    /// <summary>The same, with the session that it was found by, which stays open.</summary>
    /// <param name="veth">The near end.</param>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="open">Opens the session of another namespace.</param>
    internal static (LinkSession Session, Link Peer)? Find(VethLink veth, LinkSession session, Func<string?, LinkSession> open)
    {
        LinkSession there = session;
        return Find(veth, session.Reader, place => (there = open(place)).Reader) is { } peer ? (there, peer) : null;
    }

    private static Link? Find(VethLink veth, LinkReader reader, Func<string, LinkReader> open)
    {
        if (veth.PeerIndex is not { } index) return null;
        try
        {
            if (veth.PeerNamespaceId is not { } id) return reader.Find(index);
            return reader.NamespaceOf(id) is { } place ? open(place.ToString()).Find(index) : null;
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return null;
        }
    }
}
