using MacvtapTools.Failures;
using MacvtapTools.Taps;

namespace MacvtapTools;

/// <summary>
/// The tap device of a macvtap link, and a node that opens it, or should, as both were when they were looked at. The device is what the link's own network
/// namespace says it is; the node may be another device, or missing: see <see cref="State"/>. Of a classic tun or tap link it is /dev/net/tun, one for all.
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

    /// <summary>
    /// The node: "/dev/tapN", where programs look for it, N the link's index (drivers/net/macvtap.c); or that which Repair-TapDevice made, where the other one
    /// cannot be used; or "/dev/net/tun". Not proof of anything.
    /// </summary>
    public string Path { get; internal init; }

    /// <summary>Whether it has a node of its own (Macvtap), or is a classic link that is named to /dev/net/tun (Tap, Tun).</summary>
    public TapDeviceKind Kind { get; internal init; }

    /// <summary>Whether Repair-TapDevice made the node.</summary>
    public bool IsRepaired { get; internal init; }

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

    /// <summary>
    /// Who may use the node beside owner, group and others: the entries of its access list. Empty when it has none; null when there is no node, or its file system
    /// keeps no such lists.
    /// </summary>
    public IReadOnlyList<TapDeviceAccess>? AccessList { get; internal init; }

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
    public IReadOnlyList<TapHolder>? Holder { get; private set; }

    /// <summary>The network namespace of the link, as the user called it; null for the current one.</summary>
    public string? NetworkNamespace { get; internal init; }

    /// <summary>The device, as one number.</summary>
    internal DeviceNumber Device { get; }

    /// <summary>The device that the node at the path opens.</summary>
    internal DeviceNumber? Node { get; init; }

    /// <summary>The path of the node that the kernel makes for a link.</summary>
    /// <param name="interfaceIndex">The link's index.</param>
    internal static string PathOf(int interfaceIndex) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/dev/tap{interfaceIndex}");

    /// <summary>File system and inode of the link's network namespace; null where nobody asked.</summary>
    internal (ulong FileSystem, ulong Inode)? Namespace { get; init; }

    /// <summary>The same, with its holders.</summary>
    /// <param name="scan">A scan that looked for this device.</param>
    /// <param name="withQueues">Whether to list each descriptor.</param>
    internal TapDevice With(TapHolderScan scan, bool withQueues = false) => With(scan.HoldersOf(this, withQueues));

    /// <summary>The same, with these holders.</summary>
    internal TapDevice With(IReadOnlyList<TapHolder> holders)
    {
        TapDevice copy = (TapDevice)MemberwiseClone();
        copy.Holder = holders;
        return copy;
    }

    /// <summary>The path.</summary>
    public override string ToString() => Path;

    /// <summary>A command about the link, for an advice.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="rest">The other arguments.</param>
    internal string Command(string command, string? rest = null) => CommandText.For(command, Name, NetworkNamespace, rest);
}
