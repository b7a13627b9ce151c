using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that takes something from a link that a link can have several of: named by the link and a value, or by an object that a Get cmdlet gave.</summary>
/// <typeparam name="TPart">The object.</typeparam>
public abstract class LinkPartCmdlet<TPart> : IdentityCmdlet<TPart>
    where TPart : class
{
    /// <summary>Works on what the parameters name of one link.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link, as it is now.</param>
    private protected abstract void Process(LinkSession session, Link link);

    /// <summary>Works on an object.</summary>
    private protected abstract void ProcessPart(TPart part);

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link, bool isPattern) => Process(session, link);

    /// <inheritdoc/>
    private protected sealed override void ProcessObject(TPart value) => ProcessPart(value);

    /// <summary>The link of an object, as it is now: the index decides, and the name must still fit.</summary>
    private protected static Link LinkOf(LinkSession session, int index, string name) => LinkSelection.ByReference(session.Reader, new LinkReference(index, name), FailureId.LinkNotFound);
}
