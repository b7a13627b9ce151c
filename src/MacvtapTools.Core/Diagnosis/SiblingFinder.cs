using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Diagnosis;

/// <summary>
/// Finds the links of a lower device that live in other network namespaces, among those that have a name. A namespace without a name, and one that may not be
/// entered, cannot be looked into: what is there stays unknown.
/// </summary>
internal static class SiblingFinder
{
    /// <summary>The links, each read in its own namespace.</summary>
    /// <param name="reader">A reader of the lower device's namespace.</param>
    /// <param name="lowerIndex">The lower device's index there.</param>
    internal static IReadOnlyList<Link> Find(LinkReader reader, int lowerIndex)
    {
        var found = new List<Link>();
        try
        {
            using NamespaceHandle here = NamespaceResolver.Open(reader.NetworkNamespace);
            foreach (NetworkNamespace place in NamespaceStore.List()) found.AddRange(FindIn(place, here, lowerIndex));
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            // No registered namespaces, or none that may be listed.
        }

        return found;
    }

    private static Link[] FindIn(NetworkNamespace place, NamespaceHandle here, int lowerIndex)
    {
        try
        {
            using LinkSession session = LinkSession.Open(place.ToString());
            if (session.Namespace.IsSameAs(here) || session.Reader.NamespaceIdOf(here) is not { } id) return [];
            return [.. session.Reader.List().Links.Where(l => l.LowerDeviceIndex == lowerIndex && l.LowerDeviceNamespaceId == id)];
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return [];
        }
    }
}
