using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>
/// A device that no kind of link made: a network card, or one of a virtual machine. What its hardware is comes from sysfs, and is null where sysfs does not tell or
/// may not be opened, and in events.
/// </summary>
public sealed class PhysicalLink : Link
{
    private readonly PhysicalFacts? _facts;

    internal PhysicalLink(LinkRecord record, in LinkNames names)
        : base(record, names) => _facts = names.Physical?.Invoke(record.Name);

    /// <summary>The name of the driver ("virtio_net", "e1000e").</summary>
    public string? Driver => _facts?.Driver;

    /// <summary>The bus, and the device's name on it ("pci 0000:00:03.0", "virtio virtio0").</summary>
    public string? Bus => _facts?.Bus;

    /// <summary>The speed in Mbit/s; null where it is not known, as of a link that is off or a virtual card.</summary>
    public int? Speed => _facts?.Speed;

    /// <summary>Whether it is wireless (802.11): then an access point drops frames of addresses that did not associate with it.</summary>
    internal bool IsWireless => _facts?.IsWireless == true;

    /// <summary>Whether it sends and receives at once; null where that is not known.</summary>
    public Duplex? Duplex => _facts?.Duplex;
}
