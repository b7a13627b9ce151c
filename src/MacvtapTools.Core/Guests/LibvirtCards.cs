using MacvtapTools.Failures;

namespace MacvtapTools.Guests;

/// <summary>From links to cards of guests, in libvirt's terms.</summary>
internal static class LibvirtCards
{
    private const ushort Ethernet = 1;

    /// <summary>The card for a link.</summary>
    /// <param name="link">The link, as it is now.</param>
    /// <param name="port">The link as a bridge port, where it was given as one: then the guest gets a port of that bridge.</param>
    /// <param name="wish">What the user asked for.</param>
    /// <exception cref="MacvtapException">LibvirtUnsupported, ParameterInvalid.</exception>
    internal static LibvirtCard For(Link link, BridgePort? port, LibvirtWish wish)
    {
        if (wish.QueueCount > 1 && !wish.Model.StartsWith("virtio", StringComparison.Ordinal))
            throw new MacvtapException(FailureId.ParameterInvalid, $"A card of model {wish.Model} has one queue.", "Several queues need -Model virtio.", wish.Model);
        LibvirtCard card = link switch
        {
            _ when port is not null => Common(wish, "bridge", wish.Mtu) with { Source = port.Bridge, IsOpenVswitch = port.Backend == BridgeBackend.OpenVswitch },
            BridgeLink => Common(wish, "bridge", wish.Mtu) with { Source = link.Name },
            TapLink { Mode: TapMode.Tap } => Common(wish, "ethernet", wish.Mtu ?? Unusual(link)) with { Target = link.Name },
            MacvtapLink when wish.Existing => Common(wish, "ethernet", wish.Mtu ?? Unusual(link)) with { Target = link.Name, MacAddress = wish.MacAddress ?? link.MacAddress },
            MacvlanLink macvlan => Direct(macvlan, wish),
            TapLink => throw Unsupported(link, "is a tun link, for IP packets", "A guest's card needs a tap (New-TapLink) or a macvtap."),
            _ when link.Record.HardwareType == Ethernet && !link.Flags.HasFlag(InterfaceFlag.Loopback) =>
                Common(wish, "direct", null) with { Source = link.Name, Mode = LibvirtModes.Word(wish.Mode ?? LinkMode.Vepa, link) },
            _ => throw Unsupported(link, "is no Ethernet device", "Give a macvtap, a tap, a bridge or its port, or the lower device."),
        };
        if (wish.Existing && card.Type != "ethernet")
            throw new MacvtapException(FailureId.ParameterInvalid, $"{link.Name} is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}: a guest cannot be given the link itself.", "-Existing is for macvtaps and taps.", link);
        if (wish.Mtu is not null && card.Type == "direct")
            throw new MacvtapException(FailureId.ParameterInvalid, "libvirt takes no MTU for a macvtap that it makes: the link gets that of its lower device.", "Set the MTU of the lower device, or use -Existing.", link);
        return card;
    }

    private static LibvirtCard Direct(MacvlanLink link, LibvirtWish wish)
    {
        if (link.LowerDeviceNamespaceId is not null || link.LowerDevice is null)
            throw Unsupported(link, "has its lower device in another network namespace", "libvirt makes a macvtap in the namespace of its lower device. With -Existing the guest uses the macvtap that is there.");
        return Common(wish, "direct", null) with
        {
            Source = link.LowerDevice,
            Mode = LibvirtModes.Word(wish.Mode ?? link.Mode, link),
            Target = link is MacvtapLink ? link.Name : null,
            MacAddress = wish.MacAddress ?? link.MacAddress,
        };
    }

    private static LibvirtCard Common(LibvirtWish wish, string type, int? mtu) => new() { Type = type, Model = wish.Model, QueueCount = wish.QueueCount, MacAddress = wish.MacAddress, Mtu = mtu };

    private static int? Unusual(Link link) => link.Mtu == 1500 ? null : link.Mtu;

    private static MacvtapException Unsupported(Link link, string why, string advice) => new(FailureId.LibvirtUnsupported, $"{link.Name} {why}.", advice, link);
}
