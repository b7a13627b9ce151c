namespace MacvtapTools.Guests;

/// <summary>What is asked for a card besides the link.</summary>
internal sealed record LibvirtWish
{
    /// <summary>libvirt's name of the card.</summary>
    internal string Model { get; init; } = "virtio";

    /// <summary>How many queues.</summary>
    internal int QueueCount { get; init; } = 1;

    /// <summary>The guest's MAC address, as libvirt writes it; null for what fits the link.</summary>
    internal string? MacAddress { get; init; }

    /// <summary>The MTU that the guest is told; null for what fits the link.</summary>
    internal int? Mtu { get; init; }

    /// <summary>The mode of the macvtap that libvirt makes; null for that of the link.</summary>
    internal LinkMode? Mode { get; init; }

    /// <summary>The guest uses the link that is there.</summary>
    internal bool Existing { get; init; }
}
