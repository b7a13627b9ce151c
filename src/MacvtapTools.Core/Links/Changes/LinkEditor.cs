using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>
/// Makes several changes one after the other, each in a request of its own: the kernel applies one request in parts and leaves what it did when a later part
/// fails. Either all stand in the end, or those that were made are taken back.
/// </summary>
internal sealed class LinkEditor(NetlinkConversation conversation, LinkReader reader)
{
    /// <summary>Makes the changes.</summary>
    /// <param name="changes">In the order in which they are to be made.</param>
    /// <returns>Null, or what failed; then nothing was changed but what the failure lists as standing.</returns>
    internal LinkEditFailure? Apply(IReadOnlyList<LinkChange> changes)
    {
        for (int i = 0; i < changes.Count; i++)
        {
            LinkChange change = changes[i];
            Exception? refusal = Make(change, out Link? now);
            if (refusal is null && now is not null && change.IsMade(now)) continue;

            // What was refused did nothing. What was acknowledged and shows another value, or was not answered, may have done something all the same.
            bool isRefused = refusal is NetlinkException;
            return new LinkEditFailure(change, refusal, now is null ? null : change.Read(now), TakeBack(changes, isRefused ? i - 1 : i));
        }

        return null;
    }

    private Exception? Make(LinkChange change, out Link? now)
    {
        now = null;
        LinkRecord? record = null;
        RequestBuffer requests = conversation.Compose();
        change.Compose(requests);
        LinkRequests.Get(requests, change.Link.InterfaceIndex);
        try
        {
            foreach (RequestOutcome outcome in conversation.Exchange((_, _, body) => record = LinkCodec.Read(body)))
            {
                if (!outcome.Succeeded) return outcome.ToException($"set {change.Property} of {change.Link.Name} to {change.Wanted}");
            }
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return failure;
        }

        now = record is null ? null : reader.Name(record);
        return null;
    }

    /// <summary>Takes back, last first, and gives those that could not be.</summary>
    private List<LinkChange> TakeBack(IReadOnlyList<LinkChange> changes, int last)
    {
        var standing = new List<LinkChange>();
        for (int i = last; i >= 0; i--)
        {
            RequestBuffer requests = conversation.Compose();
            changes[i].ComposeUndo(requests);
            if (requests.Count == 0) continue;
            try
            {
                if (!conversation.Exchange()[0].Succeeded) standing.Add(changes[i]);
            }
            catch (Exception failure) when (failure is KernelException or MacvtapException)
            {
                standing.Add(changes[i]);
            }
        }

        return standing;
    }
}
