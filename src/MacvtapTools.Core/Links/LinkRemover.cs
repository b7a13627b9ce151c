using System.Security.Cryptography;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>
/// Removes links. Each removal of a link that is up waits some 20 ms for a grace period of the kernel, however it is asked; one removal of a
/// whole link group waits once. So many links are put into a private group that nobody else uses, the group is looked over, and deleted.
/// </summary>
internal sealed class LinkRemover(NetlinkConversation conversation, LinkReader reader)
{
    /// <summary>Removes one link.</summary>
    internal RemovalOutcome Remove(Link link)
    {
        LinkRequests.Delete(conversation.Compose(), link.InterfaceIndex);
        RequestOutcome outcome = conversation.Exchange()[0];
        return new RemovalOutcome(link, outcome.Succeeded ? null : outcome.ToException(Operation(link)));
    }

    /// <summary>What is asked, in words.</summary>
    internal static string Operation(Link link) => $"remove {link.Name}";

    /// <summary>
    /// Removes many links, in bulk where the kernel can. Only the links that are named go, and what goes with them by their nature (the other end
    /// of a veth pair, the links on a lower device). The deletion itself is one step of the kernel and cannot be stopped half way.
    /// </summary>
    /// <param name="links">The links, of this namespace.</param>
    /// <returns>One outcome for each link, in order.</returns>
    internal IReadOnlyList<RemovalOutcome> Remove(IReadOnlyList<Link> links)
    {
        // An index may have changed hands since the link was read; what is not the named link any more is left alone.
        if (links is [var only]) return [IsStill(only, reader.FindRecord(only.InterfaceIndex)) ? Remove(only) : Gone(only)];
        if (links.Count == 0) return [];

        Dictionary<int, Link> before = Snapshot(links);
        List<Link> present = [.. links.Where(l => IsStill(l, before)).DistinctBy(l => l.InterfaceIndex)];
        List<Link> deletable = [.. present.Where(l => l.Kind is not null)];
        Dictionary<int, Link> after = deletable.Count > 1 && RemoveAsGroup(deletable, before)
            ? ReadBack.Of(() => Snapshot(links), $"{string.Join(", ", links.Select(l => l.Name))} are removed, as far as each can be", "Get-Link shows what is there.", null)
            : Snapshot(links);
        return [.. links.Select(l => !IsStill(l, before) ? Gone(l) : IsStill(l, after) ? RemovePresent(l) : new RemovalOutcome(l, null))];
    }

    private static bool IsStill(Link link, Dictionary<int, Link> snapshot) =>
        snapshot.TryGetValue(link.InterfaceIndex, out Link? now) && IsStill(link, now.Record);

    private static bool IsStill(Link link, LinkRecord? now) => now is not null && now.Name == link.Name && now.Kind == link.Kind;

    private static RemovalOutcome Gone(Link link) => new(link, new NetlinkException(Errno.ENODEV, Operation(link)));

    /// <summary>Removes a link that was there just now. If it is not there any more it went with another one (the end of a veth pair), which is what was wanted.</summary>
    private RemovalOutcome RemovePresent(Link link)
    {
        RemovalOutcome outcome = Remove(link);
        return outcome.Failure is { Errno: Errno.ENODEV } ? outcome with { Failure = null } : outcome;
    }

    /// <summary>
    /// Deletes by group. What the group holds is compared with what was named before the deletion. The kernel refuses a whole group for one
    /// member that has no deletion (EOPNOTSUPP): physical devices are left out beforehand, and where another kind refuses, every link gets its own
    /// group back and the caller goes on link by link.
    /// </summary>
    /// <returns>Whether the group was deleted.</returns>
    private bool RemoveAsGroup(List<Link> links, Dictionary<int, Link> before)
    {
        uint group = FreeGroup(before.Values);
        bool deleted = false;
        try
        {
            SetGroup(links, _ => group);
            List<Link> members = [.. Snapshot(links).Values.Where(l => l.Group == group)];
            Dictionary<int, Link> named = links.ToDictionary(l => l.InterfaceIndex);
            if (!members.TrueForAll(l => IsStill(l, named))) return false;
            LinkRequests.DeleteGroup(conversation.Compose(), group);
            return deleted = conversation.Exchange()[0].Succeeded;
        }
        finally
        {
            if (!deleted) SetGroup([.. Snapshot(links).Values.Where(l => l.Group == group)], l => before.TryGetValue(l.InterfaceIndex, out Link? was) ? (uint)was.Group : 0);
        }
    }

    /// <summary>All links by index. Where the list kept changing while it was read it can lack some: the named ones are then looked up one by one.</summary>
    private Dictionary<int, Link> Snapshot(IReadOnlyList<Link> named)
    {
        LinkList list = reader.List();
        var links = new Dictionary<int, Link>();
        foreach (Link link in list.Links) links[link.InterfaceIndex] = link;
        if (!list.IsInterrupted) return links;
        foreach (Link link in named)
        {
            if (reader.Find(link.InterfaceIndex) is { } now) links[link.InterfaceIndex] = now;
            else links.Remove(link.InterfaceIndex);
        }

        return links;
    }

    private static uint FreeGroup(IEnumerable<Link> links)
    {
        HashSet<int> used = [.. links.Select(l => l.Group)];
        while (true)
        {
            int group = RandomNumberGenerator.GetInt32(1 << 16, int.MaxValue);
            if (!used.Contains(group)) return (uint)group;
        }
    }

    /// <summary>Sets groups, many requests to a send. A link that vanished meanwhile fails here and is seen later.</summary>
    private void SetGroup(IReadOnlyList<Link> links, Func<Link, uint> group)
    {
        foreach (Link[] chunk in links.Chunk(NetlinkConversation.MostRequestsPerSend))
        {
            RequestBuffer requests = conversation.Compose();
            foreach (Link link in chunk) LinkRequests.SetNumber(requests, link.InterfaceIndex, IFLA.GROUP, group(link));
            conversation.Exchange();
        }
    }
}
