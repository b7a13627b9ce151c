using System.Globalization;
using System.Xml.Linq;

namespace MacvtapTools.Guests;

/// <summary>A network card of a guest as libvirt describes it.</summary>
internal sealed record LibvirtCard
{
    /// <summary>libvirt's type: direct (libvirt makes a macvtap), ethernet (a device that is there), bridge (libvirt makes a tap and plugs it in).</summary>
    internal required string Type { get; init; }

    /// <summary>The lower device of a direct card; the bridge of a bridge card; null for ethernet.</summary>
    internal string? Source { get; init; }

    /// <summary>libvirt's word for the mode of a direct card.</summary>
    internal string? Mode { get; init; }

    /// <summary>The name of the link: that to make, or that to use.</summary>
    internal string? Target { get; init; }

    /// <summary>The guest's MAC address; libvirt makes one where it is left out.</summary>
    internal string? MacAddress { get; init; }

    /// <summary>libvirt's name of the card.</summary>
    internal required string Model { get; init; }

    /// <summary>How many queues; only virtio has more than one.</summary>
    internal int QueueCount { get; init; } = 1;

    /// <summary>The MTU that the guest is told; null to leave it out. Not for direct: libvirt refuses it there (qemuDomainNetSupportsMTU in src/qemu/qemu_domain.c).</summary>
    internal int? Mtu { get; init; }

    /// <summary>The bridge is one of Open vSwitch.</summary>
    internal bool IsOpenVswitch { get; init; }

    /// <summary>The element of a domain's devices.</summary>
    internal XElement ToElement() => new(
        "interface",
        new XAttribute("type", Type),
        MacAddress is null ? null : new XElement("mac", new XAttribute("address", MacAddress)),
        Type switch
        {
            "direct" => new XElement("source", new XAttribute("dev", Source!), new XAttribute("mode", Mode!)),
            "bridge" => new XElement("source", new XAttribute("bridge", Source!)),
            _ => null,
        },
        IsOpenVswitch ? VirtualPort() : null,
        Target is null ? null : new XElement("target", new XAttribute("dev", Target), Type == "ethernet" ? new XAttribute("managed", "no") : null),
        new XElement("model", new XAttribute("type", Model)),
        QueueCount == 1 ? null : new XElement("driver", new XAttribute("queues", QueueCount.ToString(CultureInfo.InvariantCulture))),
        Mtu is not { } mtu ? null : new XElement("mtu", new XAttribute("size", mtu.ToString(CultureInfo.InvariantCulture))));

    /// <summary>A network from which guests take their cards.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cards">Cards of one type and mode; their sources are the pool.</param>
    internal static XElement ToNetwork(string name, IReadOnlyList<LibvirtCard> cards)
    {
        LibvirtCard first = cards[0];
        XElement forward = new("forward", new XAttribute("mode", first.Type == "bridge" ? "bridge" : first.Mode!));
        if (first.Type != "bridge") forward.Add(cards.Select(c => c.Source!).Distinct(StringComparer.Ordinal).Select(s => new XElement("interface", new XAttribute("dev", s))));
        return new XElement(
            "network",
            new XElement("name", name),
            forward,
            first.Type == "bridge" ? new XElement("bridge", new XAttribute("name", first.Source!)) : null,
            first.IsOpenVswitch ? VirtualPort() : null);
    }

    private static XElement VirtualPort() => new("virtualport", new XAttribute("type", "openvswitch"));
}
