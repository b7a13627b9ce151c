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
    internal static void Grant(TapDevice device, NamespaceSysfs sysfs, TapAccessChange change) => Apply(device, sysfs, node => Grant(node, change));

    /// <summary>Takes access back that <see cref="Grant(TapDevice, NamespaceSysfs, TapAccessChange)"/> gave. Owner and group go back to root, as the kernel makes its nodes.</summary>
    /// <param name="device">The tap device; its path says which node.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace.</param>
    /// <param name="change">What to take, and from whom.</param>
    /// <exception cref="MacvtapException">As for granting; <see cref="FailureId.TapAccessNotFound"/>: there is nothing to take.</exception>
    internal static void Revoke(TapDevice device, NamespaceSysfs sysfs, TapAccessChange change) => Apply(device, sysfs, node => Revoke(node, device, change));

    /// <summary>Checks that access could be given, and gives none: the same is done with a node of which nothing is written.</summary>
    internal static void CheckGrant(TapDevice device, NamespaceSysfs sysfs, TapAccessChange change) => Check(device, sysfs, node => Grant(node, change));

    /// <summary>Checks that access could be taken back.</summary>
    internal static void CheckRevoke(TapDevice device, NamespaceSysfs sysfs, TapAccessChange change) => Check(device, sysfs, node => Revoke(node, device, change));

    private static void Grant(HeldNode node, TapAccessChange change)
    {
        if (change.IsOwnership) node.GiveTo(change);

        // The owner's own entry counts for him, and no other.
        bool isOwner = change is { Account: TapAccountKind.User, IsOwnership: false } && node.Status.UserId == change.Id;
        node.Set(isOwner ? node.List.Grant(PosixAccessList.Owner, (int)change.Access) : change.IsNamed ? node.List.Grant(change.Tag, change.Id, (int)change.Access) : node.List.Grant(change.Tag, (int)change.Access));
    }

    private static void Revoke(HeldNode node, TapDevice device, TapAccessChange change)
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
    }

    private static void Check(TapDevice device, NamespaceSysfs sysfs, Action<HeldNode> change)
    {
        using SafeFileHandle place = TapNode.HoldVerified(device, sysfs);
        try
        {
            change(HeldNode.ReadOnly(place, device));
        }
        catch (KernelException failure)
        {
            throw HeldNode.Explain(failure, device);
        }
    }

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
            throw failure is KernelException kernel ? HeldNode.Explain(kernel, device) : failure;
        }
    }

    private static MacvtapException NothingToRevoke(TapDevice device, TapAccessChange change, string advice) => new(
        FailureId.TapAccessNotFound,
        $"{device.Path}, the tap device of {TapFailures.Link(device)}, gives {change} nothing that could be taken back{(change.IsOwnership ? " as its owner or group" : string.Empty)}.",
        advice,
        device);
}
