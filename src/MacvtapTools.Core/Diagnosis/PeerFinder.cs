using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Diagnosis;

/// <summary>Finds the other end of a veth pair in the registered network namespaces.</summary>
internal static class PeerFinder
{
    /// <summary>The other end, or null where it lives in a namespace that has no name or may not be looked into.</summary>
    /// <param name="veth">The near end; its peer lives in another namespace.</param>
    /// <param name="reader">A reader of the near end's namespace.</param>
    internal static Link? Find(VethLink veth, LinkReader reader)
    {
        if (veth.PeerIndex is not { } peer || veth.PeerNamespaceId is not { } wanted) return null;
        foreach (NetworkNamespace candidate in NamespaceStore.List())
        {
            try
            {
                // The kernel's id of a namespace is the proof; index and peer index alone can agree by chance.
                using NamespaceHandle handle = NamespaceResolver.Open(candidate);
                if (reader.NamespaceIdOf(handle) != wanted) continue;
                using LinkSession session = LinkSession.Open(candidate.ToString());
                return session.Reader.Find(peer);
            }
            catch (Exception failure) when (failure is MacvtapException or KernelException)
            {
                // A namespace that may not be entered cannot be the evidence.
            }
        }

        return null;
    }
}
