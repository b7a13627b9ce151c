using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Links;

/// <summary>
/// Finds the links of a lower device that live in other network namespaces: in those that have a name, and in the caller's own. Another one without a name, and one
/// that may not be entered, cannot be looked into: what is there stays unknown.
/// </summary>
internal static class SiblingFinder
{
    /// <summary>The links, each read in its own namespace.</summary>
    /// <param name="reader">A reader of the lower device's namespace.</param>
    /// <param name="lowerIndex">The lower device's index there.</param>
    internal static IReadOnlyList<Link> Find(LinkReader reader, int lowerIndex)
    {
        var sessions = new List<LinkSession>();
        try
        {
            using NamespaceHandle here = NamespaceResolver.Open(reader.NetworkNamespace);
            return [.. Find(here, lowerIndex, Open).SelectMany(found => found.Links)];
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return []; // the lower device's own namespace went, or may not be entered
        }
        finally
        {
            foreach (LinkSession session in sessions) session.Dispose();
        }

        LinkSession Open(string? place)
        {
            var session = LinkSession.Open(place);
            sessions.Add(session);
            return session;
        }
    }

    /// <summary>The same, namespace by namespace, over sessions that stay open.</summary>
    /// <param name="here">The lower device's namespace.</param>
    /// <param name="lowerIndex">The lower device's index there.</param>
    /// <param name="open">Opens the session of another namespace, by name or path; null is the caller's own.</param>
    internal static IEnumerable<(LinkSession Session, IReadOnlyList<Link> Links)> Find(NamespaceHandle here, int lowerIndex, Func<string?, LinkSession> open)
    {
        var seen = new List<NamespaceHandle> { here };
        foreach (string? place in Places())
        {
            if (Attempt(() => open(place)) is not { } session || seen.Exists(s => s.IsSameAs(session.Namespace))) continue;
            seen.Add(session.Namespace);
            if (Attempt(() => FindIn(session, here, lowerIndex)) is { Length: > 0 } links) yield return (session, links);
        }
    }

    /// <summary>A name is of more use than none, so the caller's own namespace is the last.</summary>
    private static IEnumerable<string?> Places() => [.. Attempt(() => NamespaceStore.List().Select(n => (string?)n.ToString()).ToArray()) ?? [], null];

    /// <summary>The kernel gives the lower device's namespace an id for each namespace that has a link on it, when that is listed.</summary>
    private static Link[] FindIn(LinkSession session, NamespaceHandle here, int lowerIndex)
    {
        Link[] links = [.. session.Reader.List().Links.Where(l => l.LowerDeviceIndex == lowerIndex && l.LowerDeviceNamespaceId is not null)];
        if (links.Length == 0) return links;
        int? id = session.Reader.NamespaceIdOf(here);
        return [.. links.Where(l => l.LowerDeviceNamespaceId == id)];
    }

    private static T? Attempt<T>(Func<T> look)
        where T : class
    {
        try
        {
            return look();
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return null; // what may not be entered, or went meanwhile, cannot be looked at
        }
    }
}
