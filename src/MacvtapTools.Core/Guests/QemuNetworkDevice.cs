namespace MacvtapTools;

/// <summary>A network card of a running QEMU, as it was when QEMU was asked.</summary>
public sealed class QemuNetworkDevice
{
    internal QemuNetworkDevice(string socket, string? id, string model, string? macAddress, string? backend, string objectPath)
    {
        Socket = socket;
        Id = id;
        Model = model;
        MacAddress = macAddress;
        Backend = backend;
        ObjectPath = objectPath;
    }

    /// <summary>The card's id; null where it has none, and then it cannot be removed.</summary>
    public string? Id { get; }

    /// <summary>QEMU's name of the card, such as "virtio-net-pci".</summary>
    public string Model { get; }

    /// <summary>The card's MAC address, which the guest may have changed since.</summary>
    public string? MacAddress { get; }

    /// <summary>The id of the backend (netdev) behind it; null where there is none.</summary>
    public string? Backend { get; }

    /// <summary>The path of the monitor's socket.</summary>
    public string Socket { get; }

    /// <summary>Where the card is in QEMU's tree of objects.</summary>
    public string ObjectPath { get; }

    /// <summary>The id, or the path in the tree.</summary>
    public override string ToString() => Id ?? ObjectPath;
}
