using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>What becomes of a new link that could not be finished as it was asked for: it is removed again, or the failure names it.</summary>
internal static class HalfMade
{
    /// <summary>Removes it.</summary>
    /// <param name="conversation">With the namespace of the link.</param>
    /// <param name="made">The link.</param>
    /// <param name="networkNamespace">What the user called that namespace; null for the current one.</param>
    /// <param name="failure">Why it could not be finished.</param>
    /// <param name="what">What it is, in words.</param>
    /// <returns>Null, and nothing stands; or what to report in the place of <paramref name="failure"/>, since it still stands.</returns>
    internal static MacvtapException? Remove(NetlinkConversation conversation, LinkRecord made, string? networkNamespace, Exception failure, string what = "link")
    {
        if (Remove(conversation, made) is not { } second) return null;
        return new MacvtapException(
            (failure as MacvtapException)?.Id ?? FailureId.KernelError,
            $"{failure.Message} The half-made {what} {made.Name} (index {made.Index}) still stands, because it could not be removed: {second.Message}",
            $"Remove-Link -InterfaceIndex {made.Index}{CommandText.Place(networkNamespace)}",
            made.Name,
            failure as KernelException);
    }

    private static Exception? Remove(NetlinkConversation conversation, LinkRecord made)
    {
        try
        {
            LinkRequests.Delete(conversation.Compose(), made.Index);
            RequestOutcome outcome = conversation.Exchange()[0];
            return outcome.Succeeded || outcome.Errno == Errno.ENODEV ? null : outcome.ToException($"remove {made.Name}");
        }
        catch (Exception second) when (second is KernelException or MacvtapException)
        {
            return second;
        }
    }
}
