using MacvtapTools.Taps;

namespace MacvtapTools;

/// <summary>
/// The tap device of a macvtap link, and the node at the path where programs look for it, as both were when they were looked at. The device is what the link's
/// own network namespace says it is; the node may be another device, or missing: see <see cref="State"/>.
/// </summary>
public sealed class TapDevice
{
    internal TapDevice(string name, int interfaceIndex, DeviceNumber device)
    {
        Name = name;
        InterfaceIndex = interfaceIndex;
        Path = PathOf(interfaceIndex);
        Device = device;
    }

    /// <summary>Where programs look for it: "/dev/tapN", N the link's index (drivers/net/macvtap.c). Not proof of anything.</summary>
    public string Path { get; }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's index, 1 to 2147483647; unique within its network namespace only.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>Whether the node at the path can be used.</summary>
    public TapDeviceState State { get; internal init; }

    /// <summary>Who owns the node: the user's name, or the number of one without a name. Null when there is no node.</summary>
    public string? Owner { get; internal init; }

    /// <summary>The node's group: its name, or the number of one without a name. Null when there is no node.</summary>
    public string? Group { get; internal init; }

    /// <summary>What owner, group and others may do with the node, as ls(1) writes it: "rw-rw----". Null when there is no node.</summary>
    public string? Permission { get; internal init; }

    /// <summary>The device's major number, from the sysfs of the link's own network namespace.</summary>
    public int Major => (int)Device.Major;

    /// <summary>The device's minor number, from the sysfs of the link's own network namespace.</summary>
    public int Minor => (int)Device.Minor;

    /// <summary>The major number of the node at the path; null when there is no character device.</summary>
    public int? NodeMajor => (int?)Node?.Major;

    /// <summary>The minor number of the node at the path; null when there is no character device.</summary>
    public int? NodeMinor => (int?)Node?.Minor;

    /// <summary>
    /// Which processes have the device (not the node) open, by whatever path they came to it. Empty when none has, or none of those that the caller may look
    /// into; null when nobody looked.
    /// </summary>
    public IReadOnlyList<TapHolder>? Holder { get; internal init; }

    /// <summary>The network namespace of the link, as the user called it; null for the current one.</summary>
    public string? NetworkNamespace { get; internal init; }

    /// <summary>The device, as one number.</summary>
    internal DeviceNumber Device { get; }

    /// <summary>The device that the node at the path opens.</summary>
    internal DeviceNumber? Node { get; init; }

    /// <summary>The path of the node that the kernel makes for a link.</summary>
    /// <param name="interfaceIndex">The link's index.</param>
    internal static string PathOf(int interfaceIndex) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/dev/tap{interfaceIndex}");

    /// <summary>The same, with its holders.</summary>
    /// <param name="scan">A scan that looked for this device.</param>
    internal TapDevice With(TapHolderScan scan) => new(Name, InterfaceIndex, Device)
    {
        State = State,
        Owner = Owner,
        Group = Group,
        Permission = Permission,
        Node = Node,
        NetworkNamespace = NetworkNamespace,
        Holder = scan.HoldersOf(Device),
    };

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
