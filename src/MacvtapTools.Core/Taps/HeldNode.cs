using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>A node that is held: who owns it, and its access list.</summary>
/// <param name="place">The node, held by O_PATH.</param>
/// <param name="device">The tap device.</param>
/// <param name="status">The node's status.</param>
/// <param name="list">Its access list.</param>
/// <param name="keepsLists">Whether its file system keeps access lists.</param>
/// <param name="caller">Who asks, where nothing is to be written and only to be found out whether it could be; null to write.</param>
internal sealed class HeldNode(SafeFileHandle place, TapDevice device, FileStatus status, PosixAccessList list, bool keepsLists, ThreadCredentials? caller)
{
    internal FileStatus Status { get; private set; } = status;

    internal PosixAccessList List { get; private set; } = list;

    /// <summary>One that is changed.</summary>
    internal static HeldNode Read(SafeFileHandle place, TapDevice device) => Read(place, device, null);

    /// <summary>One of which nothing is written: changes fail as the kernel would refuse them.</summary>
    internal static HeldNode ReadOnly(SafeFileHandle place, TapDevice device) => Read(place, device, ThreadCredentials.Read());

    private static HeldNode Read(SafeFileHandle place, TapDevice device, ThreadCredentials? caller)
    {
        if (!Libc.Status(place, out FileStatus status)) throw Explain(KernelException.FromLastError($"statx {device.Path}"), device);
        byte[]? bytes = Libc.AccessList(place);
        if (bytes is null && Libc.LastError != Errno.EOPNOTSUPP) throw Explain(KernelException.FromLastError($"getxattr {device.Path}"), device);
        PosixAccessList list = PosixAccessList.Read(bytes ?? [], status.Mode)
            ?? throw new MacvtapException(FailureId.KernelError, $"The access list of {device.Path} has entries that are not known here. It was left alone.", "setfacl -b takes them away.", device);
        return new HeldNode(place, device, status, list, bytes is not null, caller);
    }

    internal HeldNode Copy() => new(place, device, Status, List, keepsLists, caller);

    internal void Set(PosixAccessList wanted)
    {
        if (!keepsLists && wanted.Named.Any()) throw caller is null ? new KernelException(Errno.EOPNOTSUPP, $"setxattr {device.Path}") : new PredictedRefusal(Errno.EOPNOTSUPP, $"setxattr {device.Path}");
        string operation = $"{(keepsLists ? "setxattr" : "chmod")} {device.Path}";
        if (caller is not null)
        {
            // inode_owner_or_capable
            Require(caller.FileUser == Status.UserId || IsCapable(caller, Libc.CAP_FOWNER), operation);
            List = wanted;
            return;
        }

        bool isSet = keepsLists ? Libc.SetAccessList(place, wanted.ToBytes()) : Libc.SetMode(place, wanted.ToMode());
        if (!isSet) throw KernelException.FromLastError(operation);
        List = wanted;
    }

    internal void GiveTo(TapAccessChange change)
    {
        bool isUser = change.Account == TapAccountKind.User;
        string operation = $"chown {device.Path}";
        if (caller is not null)
        {
            // chown_ok, chgrp_ok: the owner may give it to a group of his, and to nobody else.
            bool isOwn = caller.FileUser == Status.UserId && (isUser ? change.Id == Status.UserId : change.Id == Status.GroupId || caller.Groups.Contains(change.Id));
            Require(isOwn || IsCapable(caller, Libc.CAP_CHOWN), operation);
        }
        else if (!Libc.SetOwner(place, isUser ? change.Id : null, isUser ? null : change.Id))
        {
            throw KernelException.FromLastError(operation);
        }

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

    /// <summary>Why the node was not changed.</summary>
    internal static MacvtapException Explain(KernelException failure, TapDevice device) => failure.Errno switch
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
        Errno.EROFS => new MacvtapException(FailureId.TapNodeDirectoryUnusable, $"{device.Path} is on a file system that is read-only.", $"{device.Command("Repair-TapDevice", "-Path PATH")} makes a node elsewhere.", device, failure),
        _ => new MacvtapException(FailureId.KernelError, $"Who may use {device.Path} could not be changed.", null, device, failure),
    };

    private static bool IsCapable(ThreadCredentials caller, int capability) => caller.IsInitialUserNamespace && caller.Has(capability);

    private void Require(bool isAllowed, string operation)
    {
        if (Libc.ForbidsChanges(place)) throw new PredictedRefusal(Errno.EROFS, operation);
        if (!isAllowed) throw new PredictedRefusal(Errno.EPERM, operation);
    }
}
