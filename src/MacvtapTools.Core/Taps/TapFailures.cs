using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Route;

namespace MacvtapTools.Taps;

/// <summary>What can go wrong with a tap device's node, in words.</summary>
internal static class TapFailures
{
    /// <summary>The node opens another device.</summary>
    internal static MacvtapException Shadowed(TapDevice device, DeviceNumber node) => new(
        FailureId.TapDeviceShadowed,
        $"{device.Path} is not the tap device of {Link(device)}: the node is device {node}, the link's is {device.Device}. It was not opened.",
        "A link with the same index in another network namespace has the path, since /dev is one for all of them. Do not use the path: it leads to that "
        + $"link's traffic. {device.Command("Repair-TapDevice")} makes a node of its own for it.",
        device);

    /// <summary>A classic tun or tap link has no node of its own.</summary>
    internal static MacvtapException Classic(TapDevice device) => new(
        FailureId.NotMacvtapLink,
        $"The {Link(device)} has no node of its own: as a classic {(device.Kind == TapDeviceKind.Tun ? "tun" : "tap")} it is named to {device.Path}, which is one for all.",
        "Who may attach to it is said when it is made: New-TapLink -Owner, -Group.",
        device);

    /// <summary>The path leads to no character device.</summary>
    internal static MacvtapException NotADevice(TapDevice device) => new(
        FailureId.TapDeviceMismatch,
        $"{device.Path} is no device node, so it is not the tap device of {Link(device)} ({device.Device}). It was not opened.",
        $"Find out who put it there, and remove it. The kernel makes the node anew with the next link of that index; for this one, {device.Command("Repair-TapDevice")} makes a node of its own.",
        device);

    /// <summary>The link went away, or its index or name went to another one.</summary>
    internal static MacvtapException Gone(TapDevice device, KernelException? inner) => new(
        FailureId.TapDeviceNotFound,
        $"The tap device of {Link(device)} ({device.Device}) is gone.",
        "The link was deleted, renamed, or moved to another network namespace: get it again.",
        device,
        inner);

    /// <summary>The kernel did not open the node.</summary>
    internal static MacvtapException OpenRefused(TapDevice device, KernelException inner) => inner.Errno switch
    {
        Errno.ENOENT or Errno.ENOTDIR => new MacvtapException(
            FailureId.TapDeviceNotFound,
            $"The tap device of {Link(device)} has no node {device.Path}.",
            $"The device itself is {device.Device}: {device.Command("Repair-TapDevice")} makes a node for it. A container has a /dev of its own, where the kernel makes none.",
            device,
            inner),
        Errno.ENODEV or Errno.ENXIO => Gone(device, inner),
        Errno.EACCES or Errno.EPERM => new MacvtapException(
            FailureId.AccessDenied,
            $"{device.Path}, the tap device of {Link(device)}, may not be opened for reading and writing.",
            $"The node belongs to {device.Owner}:{device.Group} ({device.Permission}). Grant-TapDevice gives it to a user; CAP_DAC_OVERRIDE does without. In a container the device must be allowed too.",
            device,
            inner),
        Errno.EBUSY => new MacvtapException(
            FailureId.LinkBusy,
            $"The tap device of {Link(device)} has its 256 queues open already.",
            "Each open of the node is a queue: close some.",
            device,
            inner),
        Errno.ENOMEM => QueueTooLong(device.Name, device.NetworkNamespace, device, inner),
        _ => new MacvtapException(FailureId.KernelError, $"{device.Path}, the tap device of {Link(device)}, cannot be opened.", null, device, inner),
    };

    /// <summary>Each open queue is a ring as long as the link's transmit queue.</summary>
    internal static MacvtapException QueueTooLong(string name, string? networkNamespace, object target, KernelException inner) => new(
        FailureId.KernelError,
        $"The tap device of {name} cannot be opened: what waits for the guest is kept in a ring as long as its transmit queue, and the kernel makes none for more than {TransmitRing.Longest}.",
        $"{CommandText.For("Get-Link", name, networkNamespace)} shows the length; {CommandText.For("Set-Link", name, networkNamespace, "-TransmitQueueLength 1000")} is usual.",
        target,
        inner)
    {
        Cause = FailureCause.TransmitQueueTooLong,
    };

    internal static string Link(TapDevice device) =>
        device.NetworkNamespace is null ? $"link {device.Name}" : $"link {device.Name} in network namespace '{device.NetworkNamespace}'";
}
