using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>
/// Changes who may use a tap device's node: always that of the descriptor whose device number was compared, never that of a path. The device itself is not opened.
/// If the link goes meanwhile, what was changed is taken back: a node that the kernel did not make would keep it for the next link of that number.
/// </summary>
internal static class TapAccessEditor
{
    /// <summary>Called between check and use, on this thread; for tests.</summary>
    [ThreadStatic]
    internal static Action? BeforeChange;

    /// <summary>Gives access.</summary>
    /// <param name="device">The tap device; its path says which node.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace.</param>
    /// <param name="change">What to give, and to whom.</param>
    /// <exception cref="MacvtapException">
    /// As for <see cref="TapNode.OpenVerified"/>; <see cref="FailureId.AccessListNotSupported"/>; <see cref="FailureId.AccessDenied"/>: the node is another user's.
    /// </exception>
    internal static void Grant(TapDevice device, NamespaceSysfs sysfs, TapAccessChange change) => Apply(device, sysfs, node =>
    {
        if (change.IsOwnership) node.GiveTo(change);
        // The owner's own entry counts for him, and no other.
        bool isOwner = change is { Account: TapAccountKind.User, IsOwnership: false } && node.Status.UserId == change.Id;
        node.Set(isOwner ? node.List.Grant(PosixAccessList.Owner, (int)change.Access) : change.IsNamed ? node.List.Grant(change.Tag, change.Id, (int)change.Access) : node.List.Grant(change.Tag, (int)change.Access));
    });

    /// <summary>Takes access back that <see cref="Grant"/> gave. Owner and group go back to root, as the kernel makes its nodes.</summary>
    /// <param name="device">The tap device; its path says which node.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace.</param>
    /// <param name="change">What to take, and from whom.</param>
    /// <exception cref="MacvtapException">As for <see cref="Grant"/>; <see cref="FailureId.TapAccessNotFound"/>: there is nothing to take.</exception>
    internal static void Revoke(TapDevice device, NamespaceSysfs sysfs, TapAccessChange change) => Apply(device, sysfs, node =>
    {
        if (change.IsOwnership)
        {
            uint now = change.Account == TapAccountKind.User ? node.Status.UserId : node.Status.GroupId;
            if (now != change.Id) throw NothingToRevoke(device, change, $"The node belongs to {device.Owner}:{device.Group}.");
            // The bits first: the next owner must not get what this one had.
            if (change.Account == TapAccountKind.Group) node.Set(node.List.Revoke(change.Tag, (int)change.Access));
            node.GiveTo(change with { Id = 0 });
            return;
        }

        int? has = change.IsNamed ? node.List.Permission(change.Tag, change.Id) : node.List.Permission(change.Tag);
        if (has is not { } bits || (bits & (int)change.Access) == 0)
        {
            bool isOwner = change.Account == TapAccountKind.User ? node.Status.UserId == change.Id : change.Account is not null && node.Status.GroupId == change.Id;
            throw NothingToRevoke(device, change, isOwner ? "The node belongs to that account: -Ownership gives it back to root." : "Get-TapDevice shows in AccessList, Owner and Permission who may use it.");
        }

        node.Set(change.IsNamed ? node.List.Revoke(change.Tag, change.Id, (int)change.Access) : node.List.Revoke(change.Tag, (int)change.Access));
    });

    private static void Apply(TapDevice device, NamespaceSysfs sysfs, Action<HeldNode> change)
    {
        using SafeFileHandle place = TapNode.HoldVerified(device, sysfs);
        BeforeChange?.Invoke();
        HeldNode node = HeldNode.Read(place, device);
        HeldNode before = node.Copy();
        try
        {
            change(node);
            TapNode.RequireLink(device, sysfs);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            node.Restore(before);
            throw failure is KernelException kernel ? Explain(kernel, device) : failure;
        }
    }

    private static MacvtapException NothingToRevoke(TapDevice device, TapAccessChange change, string advice) => new(
        FailureId.TapAccessNotFound,
        $"{device.Path}, the tap device of {TapFailures.Link(device)}, gives {change} nothing that could be taken back{(change.IsOwnership ? " as its owner or group" : string.Empty)}.",
        advice,
        device);

    private static MacvtapException Explain(KernelException failure, TapDevice device) => failure.Errno switch
    {
        Errno.EOPNOTSUPP => new MacvtapException(
            FailureId.AccessListNotSupported,
            $"The file system of {device.Path} keeps no access lists.",
            "Make the user the owner of the node, or the group its group: -Ownership.",
            device,
            failure),
        Errno.EPERM or Errno.EACCES => new MacvtapException(
            FailureId.AccessDenied,
            $"Who may use {device.Path}, the tap device of {TapFailures.Link(device)}, may not be changed.",
            "Only the node's owner may do that, or who has CAP_FOWNER; giving it to another owner needs CAP_CHOWN.",
            device,
            failure),
        Errno.EROFS => new MacvtapException(FailureId.TapNodeDirectoryUnusable, $"{device.Path} is on a file system that is read-only.", "Repair-TapDevice -Path makes a node elsewhere.", device, failure),
        _ => new MacvtapException(FailureId.KernelError, $"Who may use {device.Path} could not be changed.", null, device, failure),
    };

    /// <summary>A node that is held: who owns it, and its access list.</summary>
    private sealed class HeldNode(SafeFileHandle place, TapDevice device, FileStatus status, PosixAccessList list, bool keepsLists)
    {
        internal FileStatus Status { get; private set; } = status;

        internal PosixAccessList List { get; private set; } = list;

        internal static HeldNode Read(SafeFileHandle place, TapDevice device)
        {
            if (!Libc.Status(place, out FileStatus status)) throw Explain(KernelException.FromLastError($"statx {device.Path}"), device);
            byte[]? bytes = Libc.AccessList(place);
            if (bytes is null && Libc.LastError != Errno.EOPNOTSUPP) throw Explain(KernelException.FromLastError($"getxattr {device.Path}"), device);
            PosixAccessList list = PosixAccessList.Read(bytes ?? [], status.Mode)
                ?? throw new MacvtapException(FailureId.KernelError, $"The access list of {device.Path} has entries that are not known here. It was left alone.", "setfacl -b takes them away.", device);
            return new HeldNode(place, device, status, list, bytes is not null);
        }

        internal HeldNode Copy() => new(place, device, Status, List, keepsLists);

        internal void Set(PosixAccessList wanted)
        {
            if (!keepsLists && wanted.Named.Any()) throw new KernelException(Errno.EOPNOTSUPP, $"setxattr {device.Path}");
            bool isSet = keepsLists ? Libc.SetAccessList(place, wanted.ToBytes()) : Libc.SetMode(place, wanted.ToMode());
            if (!isSet) throw KernelException.FromLastError($"{(keepsLists ? "setxattr" : "chmod")} {device.Path}");
            List = wanted;
        }

        internal void GiveTo(TapAccessChange change)
        {
            bool isUser = change.Account == TapAccountKind.User;
            if (!Libc.SetOwner(place, isUser ? change.Id : null, isUser ? null : change.Id)) throw KernelException.FromLastError($"chown {device.Path}");
            FileStatus status = Status;
            if (isUser) status.UserId = change.Id;
            else status.GroupId = change.Id;
            Status = status;
        }

        /// <summary>As far as it goes: the failure that led here is what is reported.</summary>
        internal void Restore(HeldNode before)
        {
            if (Status.UserId != before.Status.UserId || Status.GroupId != before.Status.GroupId) _ = Libc.SetOwner(place, before.Status.UserId, before.Status.GroupId);
            if (ReferenceEquals(List, before.List)) return;
            _ = keepsLists ? Libc.SetAccessList(place, before.List.ToBytes()) : Libc.SetMode(place, before.List.ToMode());
        }
    }
}
