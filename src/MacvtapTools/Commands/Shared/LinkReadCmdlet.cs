using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that tells something about links, whatever their kind.</summary>
public abstract class LinkReadCmdlet : QueryCmdlet<Link>
{
    /// <summary>Tells about links that belong together.</summary>
    /// <param name="session">The session of their namespace.</param>
    /// <param name="links">The links, as they are now.</param>
    private protected abstract void Process(LinkSession session, IReadOnlyList<Link> links);

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed) => Process(session, links);

    /// <inheritdoc/>
    private protected sealed override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, [LinkSelection.Again(session.Reader, value)], true);
    }
}
