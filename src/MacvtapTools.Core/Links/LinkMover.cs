using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>
/// Moves links into other network namespaces. The kernel switches a moved link off, and a macvtap's device node is made anew: owner and permissions of the old one
/// are lost, while descriptors that are open go on working (drivers/net/macvtap.c, macvtap_device_event).
/// </summary>
internal sealed class LinkMover(NetlinkConversation conversation)
{
    /// <summary>Moves a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="newName">The name to have there; null keeps it.</param>
    /// <param name="newIndex">The interface index to have there; null keeps it where it is free and lets the kernel pick one where it is not.</param>
    /// <exception cref="NetlinkException">The kernel refused; the link is where it was, except where only the new name was refused: then it moved and kept its own.</exception>
    internal void Move(Link link, NamespaceHandle destination, string? newName, int? newIndex)
    {
        if (newName is not null) LinkName.ThrowIfInvalid(newName);
        LinkRequests.Move(conversation.Compose(), link.InterfaceIndex, (int)destination.File.DangerousGetHandle(), newName, newIndex);
        conversation.Exchange()[0].ThrowIfFailed($"move {link.Name} to network namespace {destination.DisplayName ?? destination.Path}");
    }
}
