using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>
/// Makes several changes one after the other, each in a request of its own: the kernel applies one request in parts and leaves what it did when a later part
/// fails. Either all stand in the end, or those that were made are taken back.
/// </summary>
/// <param name="place">The conversation with the network namespace of a link that is changed, and a reader of it.</param>
internal sealed class LinkEditor(Func<Link, (NetlinkConversation Conversation, LinkReader Reader)> place)
{
    /// <summary>An editor of links that are all in one namespace.</summary>
    internal LinkEditor(NetlinkConversation conversation, LinkReader reader)
        : this(_ => (conversation, reader))
    {
    }

    /// <summary>Makes the changes.</summary>
    /// <param name="changes">In the order in which they are to be made.</param>
    /// <returns>Null, or what failed; then nothing was changed but what the failure lists as standing.</returns>
    internal LinkEditFailure? Apply(IReadOnlyList<LinkChange> changes) => Apply(changes, out _);

    /// <summary>Makes the changes, and gives the link of the last one as it was read after it; null where there was no change, or one failed.</summary>
    internal LinkEditFailure? Apply(IReadOnlyList<LinkChange> changes, out Link? changed)
    {
        changed = null;
        for (int i = 0; i < changes.Count; i++)
        {
            LinkChange change = changes[i];
            Exception? refusal = Send(change, change.Compose, out Link? now, out bool mayStand, out bool hasActed);
            if (refusal is null && now is not null && change.IsMade(now))
            {
                changed = now;
                continue;
            }

            changed = null;
            return new LinkEditFailure(change, refusal, now is null ? null : change.Read(now), TakeBack(changes, mayStand || hasActed ? i : i - 1)) { HasActedRefused = hasActed };
        }

        return null;
    }

    /// <summary>Sends what is composed for a change with a reading behind it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="compose">Composes the request that makes it or takes it back.</param>
    /// <param name="now">The link afterwards; null where it was not read.</param>
    /// <param name="mayStand">
    /// Whether something may have been done: what was not answered, or acknowledged and then not read, may have done something; what was refused did nothing, but for
    /// changes that say otherwise.
    /// </param>
    /// <param name="hasActed">It was refused, and did something all the same.</param>
    /// <returns>What went wrong, or null.</returns>
    private Exception? Send(LinkChange change, Action<RequestBuffer> compose, out Link? now, out bool mayStand, out bool hasActed)
    {
        now = null;
        mayStand = true;
        hasActed = false;
        (NetlinkConversation conversation, LinkReader reader) = place(change.Link);
        LinkRecord? record = null;
        string operation = $"set {change.Property} of {change.Link.Name} to {change.Wanted}";
        try
        {
            RequestBuffer requests = conversation.Compose();
            compose(requests);
            LinkRequests.Get(requests, change.Link.InterfaceIndex);
            ReadOnlySpan<RequestOutcome> outcomes = conversation.Exchange((_, _, body) => record = LinkCodec.Read(body));
            mayStand = outcomes[0].Succeeded;
            NetlinkException? refusal = null;
            foreach (RequestOutcome outcome in outcomes)
            {
                if (!outcome.Succeeded) refusal ??= outcome.ToException(operation);
            }

            // To name a link can be an exchange of its own: the outcomes are gone then.
            hasActed = !mayStand && change.MayActRefused;
            if (refusal is null || hasActed) now = record is null ? null : reader.Name(record);
            if (now is not null && change.IsTakenBack(now)) hasActed = false;
            return refusal;
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return failure;
        }
    }

    /// <summary>Takes back, last first, and gives those that stand all the same: refused, not answered, acknowledged and not done, or never known as they were.</summary>
    private List<LinkChange> TakeBack(IReadOnlyList<LinkChange> changes, int last)
    {
        var standing = new List<LinkChange>();
        for (int i = last; i >= 0; i--)
        {
            LinkChange change = changes[i];
            if (!IsTakenBack(change)) standing.Add(change);
        }

        return standing;
    }

    private bool IsTakenBack(LinkChange change)
    {
        NetlinkConversation conversation = place(change.Link).Conversation;
        change.ComposeUndo(conversation.Compose());
        bool isKnown = conversation.Requests.Count > 0;
        if (!isKnown || Send(change, change.ComposeUndo, out Link? now, out _, out _) is not null || now is null) return false;
        change.ComposeRest(conversation.Compose(), now);
        if (conversation.Requests.Count == 0) return change.IsTakenBack(now);
        Link undone = now;
        return Send(change, requests => change.ComposeRest(requests, undone), out now, out _, out _) is null && now is not null && change.IsTakenBack(now);
    }
}
