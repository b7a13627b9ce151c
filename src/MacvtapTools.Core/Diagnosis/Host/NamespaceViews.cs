using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Taps;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Looks into the network namespace of a session, into the caller's own and into all that have a name, each once.</summary>
/// <param name="session">The session that comes first.</param>
/// <param name="open">Opens the session of another one, by name; null is the caller's own.</param>
/// <param name="withTaps">Whether to look up the tap devices.</param>
internal sealed class NamespaceViews(LinkSession session, Func<string?, LinkSession> open, bool withTaps = true)
{
    private readonly TapDeviceLocator _locator = new();

    /// <summary>Looks, and tells of each that may not be looked into why not.</summary>
    internal IEnumerable<NamespaceView> Read()
    {
        var seen = new List<LinkSession> { session };
        yield return View(session);
        string?[] names;
        NamespaceView? refused = null;
        try
        {
            names = [.. NamespaceStore.List().Select(n => (string?)n.ToString()), null];
        }
        catch (MacvtapException failure)
        {
            names = [null];
            refused = new NamespaceView("(those that are registered)", [], [], failure.Message);
        }

        if (refused is not null) yield return refused;
        foreach (string? name in names)
        {
            NamespaceView? view = null;
            try
            {
                LinkSession there = open(name);
                if (seen.Exists(s => s.Namespace.IsSameAs(there.Namespace))) continue;
                seen.Add(there);
                view = View(there);
            }
            catch (Exception failure) when (failure is MacvtapException or KernelException)
            {
                // One that went meanwhile is none.
                if (failure is not MacvtapException { Id: FailureId.NetworkNamespaceNotFound }) view = new NamespaceView(name, [], [], failure.Message);
            }

            if (view is not null) yield return view;
        }
    }

    private NamespaceView View(LinkSession there)
    {
        IReadOnlyList<Link> links = there.Reader.List().Links;
        var taps = new List<TapDevice>();
        foreach (MacvtapLink link in withTaps ? links.OfType<MacvtapLink>() : [])
        {
            try
            {
                taps.Add(_locator.Locate(there, link));
            }
            catch (Exception failure) when (failure is MacvtapException or KernelException)
            {
                // Its sysfs cannot be looked into, or it is gone.
            }
        }

        return new NamespaceView(there.Reader.NetworkNamespace, links, taps);
    }
}
