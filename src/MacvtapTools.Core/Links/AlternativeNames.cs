using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Adds and removes alternative names of links: each up to 127 bytes, unique in the namespace among all names.</summary>
internal sealed class AlternativeNames(NetlinkConversation conversation)
{
    /// <summary>Adds names. If one is refused, those added before it are removed again.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    internal void Add(Link link, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            LinkRequests.AddAlternativeName(conversation.Compose(), link.InterfaceIndex, names[i]);
            RequestOutcome outcome = conversation.Exchange()[0];
            if (outcome.Succeeded) continue;
            for (int j = i - 1; j >= 0; j--) Run(LinkRequests.RemoveAlternativeName, link, names[j]);
            throw outcome.ToException($"give {link.Name} the alternative name {names[i]}");
        }
    }

    /// <summary>Removes names. If one is refused, those removed before it are added again.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    internal void Remove(Link link, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            LinkRequests.RemoveAlternativeName(conversation.Compose(), link.InterfaceIndex, names[i]);
            RequestOutcome outcome = conversation.Exchange()[0];
            if (outcome.Succeeded) continue;
            for (int j = i - 1; j >= 0; j--) Run(LinkRequests.AddAlternativeName, link, names[j]);
            throw outcome.ToException($"take the alternative name {names[i]} from {link.Name}");
        }
    }

    private void Run(Action<RequestBuffer, int, string> compose, Link link, string name)
    {
        compose(conversation.Compose(), link.InterfaceIndex, name);
        conversation.Exchange();
    }
}
