using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Taps;

/// <summary>
/// Finds the tap device of a link, and judges the node at its path. Never opens a node: an open macvtap is one more queue, which takes a share of the guest's
/// frames. Keep one for as long as a command runs (it remembers users' names).
/// </summary>
internal sealed class TapDeviceLocator
{
    // The class directory that the kernel puts below the link: drivers/net/macvtap.c, drivers/net/ipvlan/ipvtap.c.
    private static readonly string[] Classes = ["macvtap", "ipvtap"];

    private readonly AccountNames _accounts = new();

    /// <summary>Finds the tap device of a link.</summary>
    /// <param name="linkName">The link's name.</param>
    /// <param name="interfaceIndex">The link's index: another link that has the name by now is not taken for it.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace.</param>
    /// <param name="namespaceName">What the user called the namespace; null for the current one.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapDeviceNotFound"/>: the link is no macvtap, or is gone.</exception>
    internal TapDevice Locate(string linkName, int interfaceIndex, NamespaceSysfs sysfs, string? namespaceName)
    {
        DeviceNumber device = FindDevice(linkName, interfaceIndex, sysfs)
            ?? throw NoTapDevice(linkName, interfaceIndex, HasIndex(linkName, interfaceIndex, sysfs), namespaceName);
        string path = TapDevice.PathOf(interfaceIndex);
        if (!Libc.Status(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, out FileStatus status))
            return new TapDevice(linkName, interfaceIndex, device) { State = TapDeviceState.Missing, NetworkNamespace = namespaceName };

        TapNodeStatus node = TapNodeStatus.From(status);
        return new TapDevice(linkName, interfaceIndex, device)
        {
            State = TapNodeStatus.Judge(device, node, () => Libc.MayAccess(path, Libc.R_OK | Libc.W_OK)),
            Owner = _accounts.User(node.UserId),
            Group = _accounts.Group(node.GroupId),
            Permission = TapNodeStatus.PermissionText(node.Mode),
            Node = node.Device,
            NetworkNamespace = namespaceName,
        };
    }

    /// <summary>The device number of a link's tap device, or null: no such link, or none with a tap device.</summary>
    /// <param name="linkName">The link's name.</param>
    /// <param name="interfaceIndex">Its index.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace.</param>
    internal static DeviceNumber? FindDevice(string linkName, int interfaceIndex, NamespaceSysfs sysfs)
    {
        if (!IsPossibleName(linkName))
            return null;
        // class/macvtap/tapN would be shorter, but before Linux 4.10 it mixed the devices of all namespaces. What is below the link is the link's.
        string link = $"class/net/{linkName}";
        string tap = string.Create(CultureInfo.InvariantCulture, $"tap{interfaceIndex}");
        if (sysfs.TryReadText($"{link}/{tap}/dev", out string? text) && DeviceNumber.TryParse(text, out DeviceNumber number))
            return number;
        // Before Linux 4.10 the link had no symbolic link to it.
        foreach (string kind in Classes)
        {
            if (sysfs.TryReadText($"{link}/{kind}/{tap}/dev", out text) && DeviceNumber.TryParse(text, out number))
                return number;
        }

        return null;
    }

    private static bool HasIndex(string linkName, int interfaceIndex, NamespaceSysfs sysfs) =>
        IsPossibleName(linkName)
        && sysfs.TryReadText($"class/net/{linkName}/ifindex", out string? text)
        && text == interfaceIndex.ToString(CultureInfo.InvariantCulture);

    // net/core/dev.c, dev_valid_name: these two and '/' are no names, and would lead elsewhere.
    private static bool IsPossibleName(string name) => name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\0');

    private static MacvtapException NoTapDevice(string linkName, int interfaceIndex, bool linkExists, string? namespaceName)
    {
        string place = namespaceName is null ? string.Empty : $" in network namespace '{namespaceName}'";
        return linkExists
            ? new MacvtapException(
                FailureId.TapDeviceNotFound,
                $"The link {linkName}{place} has no tap device: it is not a macvtap.",
                "Only links of kind macvtap have one; New-MacvtapLink makes such a link.",
                linkName)
            : new MacvtapException(
                FailureId.TapDeviceNotFound,
                $"The link {linkName} with index {interfaceIndex}{place} is gone, and its tap device with it.",
                "It was deleted, renamed, or moved to another network namespace: get it again.",
                linkName);
    }
}
