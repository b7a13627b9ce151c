using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>
/// Finds the tap device of a link, and judges the node at its path. Never opens a node: an open macvtap is one more queue, which takes a share of the guest's
/// frames. Keep one for as long as a command runs (it remembers users' names).
/// </summary>
/// <param name="store">Where the nodes that Repair-TapDevice made are written down; null for that of this machine.</param>
internal sealed class TapDeviceLocator(TapNodeStore? store = null)
{
    // The class directory that the kernel puts below the link: drivers/net/macvtap.c, drivers/net/ipvlan/ipvtap.c.
    private static readonly string[] Classes = ["macvtap", "ipvtap"];

    private const string ClassicPath = "/dev/net/tun";

    private readonly AccountNames _accounts = new();
    private IReadOnlyList<TapNodeRecord>? _made;

    /// <summary>The nodes that Repair-TapDevice made, read once.</summary>
    private IReadOnlyList<TapNodeRecord> Made => _made ??= (store ?? TapNodeStore.Default).Read();

    /// <summary>Reads the records of made nodes anew when they are needed next: after one was made or removed.</summary>
    internal void Refresh() => _made = null;

    /// <summary>Finds the tap device of a macvtap, tap or tun. Where the node at /dev/tapN cannot be used and Repair-TapDevice made one, that one is given.</summary>
    /// <param name="session">The session of the link's namespace.</param>
    /// <param name="link">The link.</param>
    /// <param name="path">Which node to look at; null to choose as said.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.NotMacvtapLink"/>; <see cref="FailureId.TapDeviceNotFound"/>: the link is gone.</exception>
    internal TapDevice Locate(LinkSession session, Link link, string? path = null)
    {
        (ulong, ulong) place = (session.Namespace.FileSystem, session.Namespace.Inode);
        string? name = session.Reader.NetworkNamespace;
        if (link is TapLink classic)
        {
            TapDeviceKind kind = classic.Mode == TapMode.Tun ? TapDeviceKind.Tun : TapDeviceKind.Tap;
            return Look(new TapDevice(link.Name, link.InterfaceIndex, TapDescriptorProbe.Classic) { Kind = kind, NetworkNamespace = name, Namespace = place }, ClassicPath);
        }

        if (link is not MacvtapLink) throw NoMacvtap(link);
        DeviceNumber device = FindDevice(link.Name, link.InterfaceIndex, session.Sysfs)
            ?? throw NoTapDevice(link.Name, link.InterfaceIndex, HasIndex(link.Name, link.InterfaceIndex, session.Sysfs), name);
        TapDevice bare = new(link.Name, link.InterfaceIndex, device) { NetworkNamespace = name, Namespace = place };
        if (path is not null) return Look(bare, path);
        TapDevice found = Look(bare, TapDevice.PathOf(link.InterfaceIndex));
        if (found.State is TapDeviceState.Ready or TapDeviceState.NoAccess) return found;
        return Made.Where(r => r.IsFor(bare)).Select(r => Look(bare, r.Path)).FirstOrDefault(t => t.State is TapDeviceState.Ready or TapDeviceState.NoAccess) ?? found;
    }

    private TapDevice Look(TapDevice bare, string path)
    {
        // All that is told is told of one file: O_PATH holds it, and opens nothing.
        using SafeFileHandle? place = Libc.Open(path, Libc.O_PATH | Libc.O_NOFOLLOW);
        if (place is null || !Libc.Status(place, out FileStatus status))
            return new TapDevice(bare.Name, bare.InterfaceIndex, bare.Device) { Path = path, Kind = bare.Kind, State = TapDeviceState.Missing, NetworkNamespace = bare.NetworkNamespace, Namespace = bare.Namespace };
        TapNodeStatus node = TapNodeStatus.From(status);
        return new TapDevice(bare.Name, bare.InterfaceIndex, bare.Device)
        {
            Path = path,
            Kind = bare.Kind,
            IsRepaired = node.Device is not null && Made.Any(r => r.Path == path && r.IsNode(status)),
            State = TapNodeStatus.Judge(bare.Device, node, () => Libc.MayAccess(path, Libc.R_OK | Libc.W_OK)),
            Owner = _accounts.User(node.UserId),
            Group = _accounts.Group(node.GroupId),
            Permission = TapNodeStatus.PermissionText(node.Mode),
            AccessList = node.Device is null ? null : ReadAccessList(place, node.Mode),
            Node = node.Device,
            NetworkNamespace = bare.NetworkNamespace,
            Namespace = bare.Namespace,
        };
    }

    private TapDeviceAccess[]? ReadAccessList(SafeFileHandle place, int mode)
    {
        if (Libc.AccessList(place) is not { } bytes || PosixAccessList.Read(bytes, mode) is not { } list) return null;
        return [.. list.Named.Select(e => new TapDeviceAccess(
            e.Tag == PosixAccessList.User ? TapAccountKind.User : TapAccountKind.Group,
            e.Tag == PosixAccessList.User ? _accounts.User(e.Id) : _accounts.Group(e.Id),
            e.Id,
            (TapAccess)e.Permission & TapAccess.ReadWrite,
            (TapAccess)e.Effective & TapAccess.ReadWrite))];
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

    private static MacvtapException NoMacvtap(Link link) => new(
        FailureId.NotMacvtapLink,
        $"{link.Name} has no tap device: it is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}, neither a macvtap nor a classic tun or tap link.",
        $"Get-Link -Kind macvtap{CommandText.Place(link.NetworkNamespace)} and Get-Link -Kind tun{CommandText.Place(link.NetworkNamespace)} list those that have. Watch-LinkFrame watches links of any kind.",
        link);

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
