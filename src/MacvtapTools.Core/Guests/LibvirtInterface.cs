namespace MacvtapTools;

/// <summary>A network card of a libvirt guest, as its XML has it. Property names are those of the parameters of New-MacvtapLink.</summary>
public sealed class LibvirtInterface
{
    internal LibvirtInterface()
    {
    }

    /// <summary>The guest (domain); null where the XML is of a network or of a card alone.</summary>
    public string? GuestName { get; internal init; }

    /// <summary>The libvirt network that the card belongs to, or null.</summary>
    public string? NetworkName { get; internal init; }

    /// <summary>libvirt's type: direct, bridge, network, ethernet, hostdev, user and others.</summary>
    public required string InterfaceType { get; init; }

    /// <summary>Whether libvirt makes a macvtap for it.</summary>
    public bool IsMacvtap => LowerDevice is not null;

    /// <summary>The name of the link; null where libvirt picks one.</summary>
    public string? Name { get; internal init; }

    /// <summary>The lower device of the macvtap; null for cards that have none.</summary>
    public string? LowerDevice { get; internal init; }

    /// <summary>The mode of the macvtap; null for cards that have none.</summary>
    public LinkMode? Mode { get; internal init; }

    /// <summary>The guest's MAC address; null where libvirt makes one.</summary>
    public string? MacAddress { get; internal init; }

    /// <summary>The bridge of a card of type bridge.</summary>
    public string? Bridge { get; internal init; }

    /// <summary>The MTU that the guest is told.</summary>
    public int? Mtu { get; internal init; }

    /// <summary>How many queues the card has; null where the XML does not say.</summary>
    public int? QueueCount { get; internal init; }

    /// <summary>libvirt's name of the card, such as "virtio".</summary>
    public string? Model { get; internal init; }

    /// <summary>The type of the virtual port (802.1Qbg, 802.1Qbh, openvswitch), which only libvirt sets up.</summary>
    public string? VirtualPort { get; internal init; }

    /// <summary>The same as <see cref="GuestName"/>: New-MacvtapLink notes it as the link's alias.</summary>
    public string? Alias => GuestName;

    /// <summary>The guest and the link, or what is known of them.</summary>
    public override string ToString() => string.Join(' ', new[] { GuestName, Name ?? MacAddress ?? LowerDevice ?? NetworkName ?? Bridge }.OfType<string>());
}
