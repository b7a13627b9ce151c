using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on links that have to be named.</summary>
public abstract class LinkChangeCmdlet : IdentityCmdlet<Link>
{
    /// <summary>Works on one link, as it is now.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link.</param>
    private protected abstract void Process(LinkSession session, Link link);

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link, bool isPattern) => Process(session, link);

    /// <inheritdoc/>
    private protected sealed override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value));
    }
}
