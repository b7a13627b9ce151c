using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>The links of one network namespace at one moment, and whether the caller may change them: all that a verdict is made of.</summary>
internal sealed class LinkSnapshot
{
    private readonly IReadOnlyList<Link> _links;
    private readonly Func<int, IReadOnlyList<Link>> _elsewhere;
    private readonly bool _mayChange;

    /// <summary>A snapshot of what is known.</summary>
    /// <param name="links">The links.</param>
    /// <param name="mayChange">Whether the caller has CAP_NET_ADMIN there.</param>
    /// <param name="elsewhere">Finds the links of other namespaces on a lower device of this one, by its index.</param>
    internal LinkSnapshot(IReadOnlyList<Link> links, bool mayChange, Func<int, IReadOnlyList<Link>> elsewhere)
    {
        _links = links;
        _mayChange = mayChange;
        _elsewhere = elsewhere;
    }

    /// <summary>Takes one.</summary>
    internal static LinkSnapshot Take(LinkSession session) =>
        new(session.Reader.List().Links, AskForRights(session.Conversation), index => SiblingFinder.Find(session.Reader, index));

    /// <summary>All links.</summary>
    internal IReadOnlyList<Link> Links => _links;

    /// <summary>Whether the caller has CAP_NET_ADMIN there.</summary>
    internal bool MayChange => _mayChange;

    /// <summary>The link with an index, or null.</summary>
    internal Link? Find(int index) => _links.FirstOrDefault(l => l.InterfaceIndex == index);

    /// <summary>The link with a name or alternative name, or null.</summary>
    internal Link? Find(string name) => _links.FirstOrDefault(l => l.Name == name) ?? _links.FirstOrDefault(l => l.AlternativeName.Contains(name));

    /// <summary>A lower device with its links. A macvlan on a macvlan lands on the real lower device.</summary>
    internal LowerDeviceView Look(int lowerIndex)
    {
        Link? lower = Find(lowerIndex);
        if (lower is MacvlanLink { LowerDeviceIndex: { } real, LowerDeviceNamespaceId: null }) lower = Find(real);
        return new LowerDeviceView(lower, _links, _elsewhere);
    }

    /// <summary>Refuses where the caller lacks the capability, which the kernel looks at before anything else.</summary>
    /// <exception cref="PredictedRefusal">EPERM.</exception>
    internal void RequireRights(string operation)
    {
        if (!_mayChange) throw new PredictedRefusal(Errno.EPERM, operation);
    }

    /// <summary>
    /// Asks the kernel whether the caller may change links, by a change that names no link: the capability is looked at first (rtnetlink_rcv_msg in
    /// net/core/rtnetlink.c), and then there is nothing to change (EINVAL).
    /// </summary>
    private static bool AskForRights(NetlinkConversation conversation)
    {
        LinkRequests.SetFlags(conversation.Compose(), 0, 0, 0);
        return conversation.Exchange()[0].Errno is not (Errno.EPERM or Errno.EACCES);
    }
}
