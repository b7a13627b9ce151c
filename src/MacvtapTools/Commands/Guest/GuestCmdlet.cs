using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that gives tap devices to guests.</summary>
public abstract class GuestCmdlet : KernelCmdlet
{
    private readonly TapDeviceLocator _locator = new();

    /// <summary>The link of a tap device, as it is now, in the network namespace that the object came from.</summary>
    private protected (LinkSession Session, Link Link) FindLink(LinkReference reference)
    {
        LinkSession session = reference.IsNamespaceKnown ? Session(reference.NetworkNamespace) : Session(reference.NetworkNamespace ?? NetworkNamespace);
        Link link = LinkSelection.ByReference(session.Reader, reference, FailureId.LinkNotFound);
        if (link is MacvtapLink or TapLink { Mode: TapMode.Tap })
            return (session, link);
        throw new MacvtapException(
            FailureId.NotMacvtapLink,
            $"{link.Name} has no tap device for a guest: it is {(link is TapLink ? "a tun link, for IP packets" : link.Kind is { } kind ? $"of kind {kind}" : "a device")}.",
            "A macvtap (New-MacvtapLink) or a classic tap (New-TapLink) has one.",
            link);
    }

    /// <summary>Opens a tap device for a guest.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="queueCount">How many queues.</param>
    /// <param name="vnetHeaderSize">0 for no vnet header, else its size.</param>
    private protected GuestTap OpenTap(TapReference reference, int queueCount, int vnetHeaderSize)
    {
        if (reference.Endpoint is { } endpoint)
            return GuestTap.Of(endpoint);
        if (reference.Device is { } device)
            return GuestTap.Open(device, Session(device.NetworkNamespace).Sysfs, queueCount, vnetHeaderSize);
        (LinkSession session, Link link) = FindLink(reference.Link);
        return link is TapLink classic
            ? GuestTap.Open(classic, session.Namespace, queueCount, vnetHeaderSize)
            : GuestTap.Open(_locator.Locate(link.Name, link.InterfaceIndex, session.Sysfs, session.Reader.NetworkNamespace), session.Sysfs, queueCount, vnetHeaderSize);
    }
}
