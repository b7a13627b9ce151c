using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Links;

/// <summary>
/// Finds which namespace an id of the kernel means (IFLA_LINK_NETNSID), among the registered ones and the calling thread's own. The kernel's id is the proof: an
/// interface index alone can agree by chance. What was found, or not found, is remembered: keep one for as long as a command runs.
/// </summary>
/// <param name="idOf">The id by which the namespace of the reader knows another one; null where it does not.</param>
internal sealed class NamespaceFinder(Func<NamespaceHandle, int?> idOf)
{
    private readonly Dictionary<int, NetworkNamespace?> _known = [];

    /// <summary>The namespace of an id; null where it has no name, or may not be opened.</summary>
    internal NetworkNamespace? Find(int id) => _known.TryGetValue(id, out NetworkNamespace? known) ? known : _known[id] = Search(id);

    private NetworkNamespace? Search(int wanted)
    {
        foreach (NetworkNamespace candidate in Candidates())
        {
            try
            {
                using NamespaceHandle handle = NamespaceResolver.Open(candidate);
                if (idOf(handle) == wanted) return candidate;
            }
            catch (Exception failure) when (failure is MacvtapException or KernelException)
            {
                // A namespace that may not be opened cannot be the evidence.
            }
        }

        return null;
    }

    /// <summary>A name is of more use than a path, so the caller's own namespace is the last.</summary>
    private static IEnumerable<NetworkNamespace> Candidates()
    {
        IEnumerable<NetworkNamespace> registered;
        try
        {
            registered = [.. NamespaceStore.List()];
        }
        catch (MacvtapException)
        {
            registered = [];
        }

        using NamespaceHandle own = NamespaceResolver.Open((string?)null);
        return [.. registered, own.Describe()];
    }
}
