using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>
/// Makes a node for a tap device that has none of its own, and removes what it made. The number is what the link's own namespace says; nothing that is there is
/// ever replaced, and nothing removed that was not made here: the record must fit the very file.
/// </summary>
/// <param name="store">Where it is written down.</param>
/// <param name="root">The directory for nodes of which the user does not say where. Not in /run, which most systems mount without devices.</param>
internal sealed class TapNodeMaker(TapNodeStore store, string root = "/dev/macvtaptools")
{
    private const int WritableByOthers = 0x12; // 0022
    private const int Sticky = 0x200;

    /// <summary>Where a link's node goes if the user does not say: by the inode of its network namespace and its index.</summary>
    internal string PrivatePath(TapDevice device) => string.Create(CultureInfo.InvariantCulture, $"{root}/{device.Namespace!.Value.Inode}/tap{device.InterfaceIndex}");

    /// <summary>Makes a node and gives its path. Where it is there already, and right, nothing happens.</summary>
    /// <param name="session">The session of the link's namespace.</param>
    /// <param name="device">The tap device, as it was just located.</param>
    /// <param name="path">Where; null for the private place.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.TapNodeExists"/>, <see cref="FailureId.TapNodeDirectoryUnusable"/>, <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.ParameterInvalid"/>,
    /// <see cref="FailureId.TapDeviceNotFound"/>: the link is gone. Then nothing stands.
    /// </exception>
    internal string Make(LinkSession session, TapDevice device, string? path)
    {
        if (device.Kind != TapDeviceKind.Macvtap) throw TapFailures.Classic(device);
        string place = path ?? PrivatePath(device);
        string name = NameIn(place);
        try
        {
            using SafeFileHandle directory = path is null ? OpenPrivate(place) : OpenGiven(place);
            RequireDevices(directory, place);
            if (IsThere(directory, name, place, device, out TapNodeRecord? earlier)) return place;

            // Ours, in our own place, for an earlier link of that index.
            if (earlier is not null) Remove(earlier, keepDirectories: true);
            if (!Libc.MakeNode(directory, name, device.Device.Major, device.Device.Minor)) throw KernelException.FromLastError($"mknod {place} c {device.Device}");
            WriteDown(session, directory, name, place, device);
            return place;
        }
        catch (KernelException failure)
        {
            throw Explain(failure, place, device);
        }
    }

    /// <summary>Checks that a node could be made, and makes none.</summary>
    /// <param name="device">The tap device, as it was just located.</param>
    /// <param name="path">Where; null for the private place.</param>
    /// <exception cref="MacvtapException">As <see cref="Make"/>.</exception>
    internal void Check(TapDevice device, string? path)
    {
        if (device.Kind != TapDeviceKind.Macvtap) throw TapFailures.Classic(device);
        string place = path ?? PrivatePath(device);
        string name = NameIn(place);
        try
        {
            using SafeFileHandle? directory = path is null ? CheckPrivate(place) : OpenGiven(place);
            if (directory is not null)
            {
                RequireDevices(directory, place);
                if (IsThere(directory, name, place, device, out _)) return;
                if (FileAccessCheck.WhyNothingIsAdded(Path.GetDirectoryName(place)!) is { } errno) throw new PredictedRefusal(errno, $"mknod {place} c {device.Device}");
            }

            ThreadCredentials caller = ThreadCredentials.Read();
            if (!caller.IsInitialUserNamespace || !caller.Has(Libc.CAP_MKNOD)) throw new PredictedRefusal(Errno.EPERM, $"mknod {place} c {device.Device}");
            store.CheckWritable();
        }
        catch (KernelException failure)
        {
            throw Explain(failure, place, device);
        }
    }

    /// <summary>Checks that a node could be removed, and leaves it.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapNodeNotOurs"/>.</exception>
    /// <exception cref="KernelException">It could not be removed.</exception>
    internal void CheckRemove(TapNodeRecord record)
    {
        string parent = Path.GetDirectoryName(record.Path)!;
        using SafeFileHandle? directory = Libc.Open(parent, Libc.O_RDONLY | Libc.O_DIRECTORY);
        if (directory is not null && Status(directory, Path.GetFileName(record.Path), out FileStatus status))
        {
            if (!record.IsNode(status)) throw NotOurs(record);
            if (FileAccessCheck.WhyNothingIsAdded(parent) is { } errno) throw new PredictedRefusal(errno, $"unlink {record.Path}");
        }

        store.CheckWritable();
    }

    /// <summary>Removes a node that was made here.</summary>
    /// <param name="record">What was written down.</param>
    /// <param name="keepDirectories">Whether the directories for such nodes stay even if nothing is left in them.</param>
    /// <returns>False when it was gone already.</returns>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapNodeNotOurs"/>: another file is at the path; it stays.</exception>
    /// <exception cref="KernelException">It cannot be removed.</exception>
    internal bool Remove(TapNodeRecord record, bool keepDirectories = false)
    {
        bool isRemoved = false;
        using (SafeFileHandle? directory = Libc.Open(Path.GetDirectoryName(record.Path)!, Libc.O_RDONLY | Libc.O_DIRECTORY))
        {
            if (directory is not null && Status(directory, Path.GetFileName(record.Path), out FileStatus status))
            {
                if (!record.IsNode(status))
                {
                    store.Remove(record);
                    throw NotOurs(record);
                }

                if (!Libc.Unlink(directory, Path.GetFileName(record.Path))) throw KernelException.FromLastError($"unlink {record.Path}");
                isRemoved = true;
            }
        }

        store.Remove(record);
        // Ours alone, and only if nothing is left in them.
        if (!keepDirectories && record.Path.StartsWith($"{root}/", StringComparison.Ordinal) && Libc.RemoveDirectory(Path.GetDirectoryName(record.Path)!) == 0) _ = Libc.RemoveDirectory(root);
        return isRemoved;
    }

    /// <summary>
    /// Whether the tap device of a record is gone for sure. The kernel gives its number to the next one, and the node opens that one then: so it must not stay.
    /// </summary>
    /// <param name="record">What was written down.</param>
    /// <param name="current">A session of the user's own; another is opened where the link was elsewhere.</param>
    internal static bool IsOrphaned(TapNodeRecord record, LinkSession current)
    {
        // /sys/dev/char has the devices of all network namespaces, each with the link's name and index in the target's path.
        string? target = current.Sysfs.ReadLink($"dev/char/{record.Device}");
        if (target is null || !target.EndsWith(string.Create(CultureInfo.InvariantCulture, $"/tap{record.InterfaceIndex}"), StringComparison.Ordinal)) return true;
        try
        {
            using LinkSession session = LinkSession.Open(record.NetworkNamespace);
            if ((session.Namespace.FileSystem, session.Namespace.Inode) != record.Namespace) return false;
            return session.Reader.Find(record.InterfaceIndex) is not { } link || TapDeviceLocator.FindDevice(link.Name, link.InterfaceIndex, session.Sysfs) != record.Device;
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return false; // Not known.
        }
    }

    private static bool Status(SafeFileHandle directory, string name, out FileStatus status)
    {
        using Borrowed held = new(directory);
        return Libc.Status(held.Descriptor, name, Libc.AT_SYMLINK_NOFOLLOW, out status);
    }

    private static string NameIn(string path)
    {
        bool isPossible = Path.IsPathRooted(path) && !path.EndsWith('/') && Path.GetFileName(path) is not ("." or ".." or "") && !path.Any(char.IsControl);
        return isPossible ? Path.GetFileName(path) : throw new MacvtapException(FailureId.ParameterInvalid, $"'{path}' is no path for a node.", "Give the whole path, from / to the node's own name.", path);
    }

    /// <returns>Whether it is the right node. Something else is a failure, except <paramref name="earlier"/>.</returns>
    private bool IsThere(SafeFileHandle directory, string name, string path, TapDevice device, out TapNodeRecord? earlier)
    {
        earlier = null;
        if (!Status(directory, name, out FileStatus status)) return false;
        if (TapNodeStatus.Judge(device.Device, TapNodeStatus.From(status), static () => true) == TapDeviceState.Ready) return true;
        earlier = store.Read().FirstOrDefault(r => r.Path == path);
        return earlier is not null && earlier.IsNode(status) && path.StartsWith($"{root}/", StringComparison.Ordinal) ? false : throw Exists(path, device);
    }

    private static void RequireDevices(SafeFileHandle directory, string place)
    {
        if (Libc.ForbidsDevices(directory))
            throw Unusable(place, $"The file system of {Path.GetDirectoryName(place)} is mounted with nodev: no device can be opened there.", "Give a -Path on another file system, such as /dev.");
    }

    private static MacvtapException NotOurs(TapNodeRecord record) => new(
        FailureId.TapNodeNotOurs,
        $"What is at {record.Path} now is not the node that Repair-TapDevice made there. It was left alone.",
        "Somebody removed that one and put this there: ask who.",
        record.Path);

    private static MacvtapException Exists(string path, TapDevice device) => new(
        FailureId.TapNodeExists,
        $"There is something else at {path}: it is not the tap device of {TapFailures.Link(device)} ({device.Device}). It was left alone.",
        "It can be the tap device of a link in another network namespace. Leave -Path out, or give another one.",
        device);

    private void WriteDown(LinkSession session, SafeFileHandle directory, string name, string path, TapDevice device)
    {
        // What is not the node that was made is somebody else's, who put it there meanwhile: it stays.
        if (!Status(directory, name, out FileStatus status)) throw KernelException.FromLastError($"statx {path}");
        if (!status.IsCharacterDevice || new DeviceNumber(status.NodeMajor, status.NodeMinor) != device.Device) throw Exists(path, device);
        try
        {
            TapNode.RequireLink(device, session.Sysfs);
            store.Add(new TapNodeRecord(path, status.FileSystem, status.Inode, status.BirthSeconds, status.BirthNanoseconds, device.Device)
            {
                Name = device.Name,
                InterfaceIndex = device.InterfaceIndex,
                Namespace = device.Namespace!.Value,
                NetworkNamespace = device.NetworkNamespace,
            });
        }
        catch
        {
            if (Status(directory, name, out FileStatus now) && (now.FileSystem, now.Inode) == (status.FileSystem, status.Inode)) Libc.Unlink(directory, name);
            throw;
        }
    }

    private SafeFileHandle OpenPrivate(string path)
    {
        TapNodeStore.OpenOwn(root).Dispose();
        return TapNodeStore.OpenOwn(Path.GetDirectoryName(path)!);
    }

    /// <summary>Null where the directory would be made.</summary>
    private SafeFileHandle? CheckPrivate(string path)
    {
        using SafeFileHandle? above = TapNodeStore.CheckOwn(root);
        return above is null ? null : TapNodeStore.CheckOwn(Path.GetDirectoryName(path)!);
    }

    private static SafeFileHandle OpenGiven(string path)
    {
        string parent = Path.GetDirectoryName(path)!;
        SafeFileHandle directory = Libc.Open(parent, Libc.O_RDONLY | Libc.O_DIRECTORY) ?? throw KernelException.FromLastError($"open {parent}");
        if (!Libc.Status(directory, out FileStatus status) || (status.Mode & WritableByOthers) == 0 || (status.Mode & Sticky) != 0) return directory;
        directory.Dispose();
        throw Unusable(path, $"Others may write to {parent}, and put another device in the node's place.", "Give a -Path in a directory that only its owner may write to.");
    }

    private static MacvtapException Unusable(string path, string message, string advice) => new(FailureId.TapNodeDirectoryUnusable, message, advice, path);

    private static MacvtapException Explain(KernelException failure, string path, TapDevice device) => failure.Errno switch
    {
        Errno.EPERM or Errno.EACCES => new MacvtapException(
            FailureId.AccessDenied,
            $"No node can be made at {path} for {TapFailures.Link(device)}.",
            "It needs CAP_MKNOD in the initial user namespace, and the right to write there and to /run. In a container that must be granted from outside; where it is not, make the node on the host and hand it in.",
            device,
            failure),
        Errno.EROFS => new MacvtapException(FailureId.TapNodeDirectoryUnusable, $"{path} is on a file system that is read-only.", "Give a -Path on another one. /run must be writable too.", path, failure),
        Errno.ENOENT or Errno.ENOTDIR => new MacvtapException(FailureId.TapNodeDirectoryUnusable, $"There is no directory for {path}.", "Make it first, for its owner alone to write to.", path, failure),
        Errno.EEXIST => Exists(path, device),
        _ => new MacvtapException(FailureId.KernelError, $"No node could be made at {path} for {TapFailures.Link(device)}.", null, device, failure),
    };
}
