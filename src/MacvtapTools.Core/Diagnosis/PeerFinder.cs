using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Diagnosis;

/// <summary>Finds the other end of a veth pair in the network namespaces that can be found.</summary>
internal static class PeerFinder
{
    /// <summary>The other end, or null where it lives in a namespace that has no name or may not be looked into.</summary>
    /// <param name="veth">The near end; its peer lives in another namespace.</param>
    /// <param name="reader">A reader of the near end's namespace.</param>
    internal static Link? Find(VethLink veth, LinkReader reader)
    {
        if (veth.PeerIndex is not { } peer || veth.PeerNamespaceId is not { } id || reader.NamespaceOf(id) is not { } place) return null;
        try
        {
            using LinkSession session = LinkSession.Open(place.ToString());
            return session.Reader.Find(peer);
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return null;
        }
    }
}
