using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>Opens a tap device's node, and no other device.</summary>
internal static class TapNode
{
    /// <summary>
    /// Opens a tap device for reading and writing, non-blocking and close-on-exec, after its device number was compared. A node that opens another device is not
    /// opened at all, not even to look. Every open is one more queue of the link, up to 256: until it is closed it takes a share of the frames for the guest.
    /// Closing it waits for an RCU grace period, 8 to 24 milliseconds (drivers/net/tap.c, tap_put_queue).
    /// </summary>
    /// <param name="device">The tap device.</param>
    /// <param name="sysfs">
    /// The sysfs of the link's own namespace. With it the descriptor is proved to be that link's, now: the kernel gives the number of a deleted device to the
    /// next one, so a snapshot alone can be out of date. Null: only the numbers of the snapshot and of the node are compared.
    /// </param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.TapDeviceShadowed"/>, <see cref="FailureId.TapDeviceMismatch"/> (no device), <see cref="FailureId.TapDeviceNotFound"/> (no node, or the link is gone),
    /// <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.LinkBusy"/> (256 queues are open).
    /// </exception>
    internal static SafeFileHandle OpenVerified(TapDevice device, NamespaceSysfs? sysfs = null)
    {
        if (device.Kind != TapDeviceKind.Macvtap) throw TapFailures.Classic(device);
        // O_PATH opens no device. What it holds is then opened for good through the descriptor, so nobody can swap the node in between.
        using SafeFileHandle place = Place(device);
        SafeFileHandle node = Libc.Reopen(place, Libc.O_RDWR | Libc.O_NONBLOCK)
            ?? throw TapFailures.OpenRefused(device, KernelException.FromLastError($"open {device.Path}"));
        try
        {
            Verify(device, node);
            if (sysfs is not null)
                Prove(device, node, sysfs);
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Holds a tap device's node without opening the device, so that no queue is added: for what changes the node itself. Through the descriptor that is always
    /// the very node that was compared, whatever its path leads to by then.
    /// </summary>
    /// <param name="device">The tap device.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace: the device is asked for again there.</param>
    /// <exception cref="MacvtapException">As for <see cref="OpenVerified"/>.</exception>
    internal static SafeFileHandle HoldVerified(TapDevice device, NamespaceSysfs sysfs)
    {
        if (device.Kind != TapDeviceKind.Macvtap) throw TapFailures.Classic(device);
        SafeFileHandle place = Place(device);
        try
        {
            RequireLink(device, sysfs);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Requires that the number still is that of the link's device.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapDeviceNotFound"/>.</exception>
    internal static void RequireLink(TapDevice device, NamespaceSysfs sysfs)
    {
        if (TapDeviceLocator.FindDevice(device.Name, device.InterfaceIndex, sysfs) != device.Device) throw TapFailures.Gone(device, null);
    }

    private static SafeFileHandle Place(TapDevice device)
    {
        SafeFileHandle place = Libc.Open(device.Path, Libc.O_PATH | Libc.O_NOFOLLOW)
            ?? throw TapFailures.OpenRefused(device, KernelException.FromLastError($"open {device.Path}"));
        try
        {
            Verify(device, place);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static void Verify(TapDevice device, SafeFileHandle file)
    {
        if (!Libc.Status(file, out FileStatus status))
            throw TapFailures.OpenRefused(device, KernelException.FromLastError($"statx {device.Path}"));
        switch (TapNodeStatus.Judge(device.Device, TapNodeStatus.From(status), static () => true))
        {
            case TapDeviceState.Shadowed:
                throw TapFailures.Shadowed(device, new DeviceNumber(status.NodeMajor, status.NodeMinor));
            case TapDeviceState.NotADevice:
                throw TapFailures.NotADevice(device);
        }
    }

    // The number was the link's while the descriptor's link was alive. A number has one owner at a time, so both are the same link. The order matters: alive last.
    private static unsafe void Prove(TapDevice device, SafeFileHandle node, NamespaceSysfs sysfs)
    {
        bool isSame = TapDeviceLocator.FindDevice(device.Name, device.InterfaceIndex, sysfs) == device.Device;
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        // ENOLINK on a descriptor whose link is gone.
        if (Libc.Control(node, Libc.TUNGETIFF, (nint)request) < 0)
            throw TapFailures.Gone(device, KernelException.FromLastError($"TUNGETIFF {device.Path}"));
        if (!isSame)
            throw TapFailures.Gone(device, null);
    }
}
