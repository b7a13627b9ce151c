using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools;

/// <content>How an endpoint is opened and closed.</content>
public sealed partial class TapEndpoint
{
    /// <summary>Opens the tap device of a macvtap with one queue, after its node was proved to be that device; nothing else is ever opened.</summary>
    /// <param name="device">The tap device, as Get-TapDevice gave it.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.TapDeviceShadowed"/>, <see cref="FailureId.TapDeviceMismatch"/>, <see cref="FailureId.TapDeviceNotFound"/> (no node, or the link is
    /// gone), <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.LinkBusy"/> (256 are open); <see cref="FailureId.NetworkNamespaceNotFound"/>.
    /// </exception>
    public static TapEndpoint Open(TapDevice device) => Open(device, new TapEndpointOptions());

    /// <summary>Opens the tap device of a macvtap, after its node was proved to be that device; nothing else is ever opened.</summary>
    /// <param name="device">The tap device, as Get-TapDevice gave it.</param>
    /// <param name="options">How.</param>
    /// <exception cref="MacvtapException">
    /// As with one queue, and <see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.VnetHeaderSizeInvalid"/>, <see cref="FailureId.TapQueueModeMismatch"/>
    /// (packet information). Nothing stays open then.
    /// </exception>
    public static TapEndpoint Open(TapDevice device, TapEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        using NamespaceHandle place = NamespaceResolver.Open(device.NetworkNamespace);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(place);
        return Open(device, options, sysfs);
    }

    /// <summary>Attaches to a classic tun or tap link, inside its namespace.</summary>
    /// <param name="link">The link, as it is now: its mode and whether it has several queues must fit.</param>
    /// <param name="options">How; null for one queue without headers.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.LinkBusy"/>, <see cref="FailureId.TapQueueModeMismatch"/>, <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.KindNotSupported"/>,
    /// <see cref="FailureId.TapDeviceNotFound"/> (the link is gone), <see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.VnetHeaderSizeInvalid"/>. Nothing
    /// stays open then.
    /// </exception>
    public static TapEndpoint Open(TapLink link, TapEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        using NamespaceHandle place = NamespaceResolver.Open(link.NetworkNamespace);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(place);
        return Open(link, options ?? new TapEndpointOptions(), place, sysfs);
    }

    /// <summary>Closes the device. The kernel waits for a grace period then, 8 to 24 milliseconds for each queue of a macvtap; several queues are closed at once.</summary>
    public void Dispose()
    {
        _isClosed = true;
        Close([.. _queues.Select(q => q.Descriptor)]);
        _pulse.Dispose();
    }

    /// <summary>Opens the tap device of a macvtap for a caller that has the sysfs of its namespace.</summary>
    internal static TapEndpoint Open(TapDevice device, TapEndpointOptions options, NamespaceSysfs sysfs)
    {
        CheckOptions(device, options);
        LinkPulse pulse = LinkPulse.Open(device.Name, device.InterfaceIndex, sysfs) ?? throw TapFailures.Gone(device, null);
        var link = new EndpointLink(device.Name, device.InterfaceIndex, device.NetworkNamespace, device.Path, TapMode.Tap, device);
        return Open(link, options, pulse, () =>
        {
            SafeFileHandle node = TapNode.OpenVerified(device, sysfs);
            return Prepared(node, () => TapControl.SetInterface(node, null, (ushort)(Libc.IFF_TAP | Libc.IFF_NO_PI | (options.VnetHeader ? Libc.IFF_VNET_HDR : 0)), $"TUNSETIFF {device.Path}"));
        });
    }

    /// <summary>Attaches to a classic link for a caller that has its namespace.</summary>
    internal static TapEndpoint Open(TapLink link, TapEndpointOptions options, NamespaceHandle place, NamespaceSysfs sysfs)
    {
        CheckOptions(link, options);
        LinkPulse pulse = LinkPulse.Open(link.Name, link.InterfaceIndex, sysfs) ?? throw Vanished(null);
        return Open(new EndpointLink(link.Name, link.InterfaceIndex, link.NetworkNamespace, TunNode.Path, link.Mode), options, pulse, () =>
        {
            SafeFileHandle node = TunNode.Attach(link, options, place);
            // Where no link of that name was left, the kernel made one for this descriptor.
            return Prepared(node, () =>
            {
                using LinkPulse? attached = LinkPulse.Open(link.Name, link.InterfaceIndex, sysfs);
                if (attached is null || pulse.Feel() == TapEndpointState.Gone) throw Vanished(TapControl.AskForLink(node, TunNode.Path));
            });
        });

        MacvtapException Vanished(KernelException? inner) => new(
            FailureId.TapDeviceNotFound,
            $"The link {link.Name} with index {link.InterfaceIndex} is gone.",
            "It was deleted, renamed, or moved to another network namespace: get it again.",
            link,
            inner);
    }

    /// <summary>
    /// Takes its queues out of the sharing of frames: what is for the guest goes to the other queues, and this endpoint only sends. A classic link has no such way: there a
    /// queue that is taken out cannot send either (drivers/net/tun.c, __tun_detach), so nothing is done.
    /// </summary>
    internal void StopReceiving()
    {
        if (Device is null) return;
        Each(queue => TapControl.DetachQueue(queue.Descriptor, Path));
    }

    /// <summary>Requires that Ethernet frames go through it.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>: IP packets do.</exception>
    internal TapEndpoint RequireFrames() => Mode == TapMode.Tap ? this : throw EndpointFailures.NoFrames(Name, this);

    private static TapEndpoint Open(EndpointLink link, TapEndpointOptions options, LinkPulse pulse, Func<SafeFileHandle> open)
    {
        var descriptors = new List<SafeFileHandle>(options.QueueCount);
        try
        {
            while (descriptors.Count < options.QueueCount) descriptors.Add(open());
            var endpoint = new TapEndpoint(link, options, pulse, descriptors);
            endpoint.Prepare();
            return endpoint;
        }
        catch
        {
            Close(descriptors);
            pulse.Dispose();
            throw;
        }
    }

    private static SafeFileHandle Prepared(SafeFileHandle node, Action prepare)
    {
        try
        {
            prepare();
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    private void Prepare()
    {
        Each(queue => TapControl.RaiseSendBuffer(queue.Descriptor, Path));
        if (VnetHeader) VnetHeaderSize = _vnetHeaderSize;

        // A new macvtap hands over every offload until it is told not to, but only with a vnet header. A classic link does what its last user wanted, also without: frames
        // would come whose checksum nobody has made. Whoever else has it open has no vnet header then either (TunNode.Check).
        if (VnetHeader || Device is null) Offload = _offload;
    }

    /// <summary>Each close of a macvtap's queue waits for a grace period of the kernel, which several can share.</summary>
    private static void Close(List<SafeFileHandle> descriptors)
    {
        if (descriptors.Count <= 1)
        {
            foreach (SafeFileHandle descriptor in descriptors) descriptor.Dispose();
            return;
        }

        Parallel.ForEach(descriptors, static descriptor => descriptor.Dispose());
    }

    /// <summary>What can be said of the options before anything is opened.</summary>
    internal static void CheckOptions(TapDevice device, TapEndpointOptions options)
    {
        Check(options, device);
        if (!options.PacketInformation) return;
        throw new MacvtapException(
            FailureId.TapQueueModeMismatch,
            $"The tap device of {device.Name} has no packet information: it is a macvtap's.",
            "Leave -PacketInformation out; only classic tun and tap links have it.",
            device);
    }

    /// <summary>The same of a classic link.</summary>
    internal static void CheckOptions(TapLink link, TapEndpointOptions options)
    {
        Check(options, link);
        TunNode.Check(link, options);
    }

    private static void Check(TapEndpointOptions options, object target)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.QueueCount is < 1 or > MaximumQueueCount) throw EndpointFailures.QueueCount(target, options.QueueCount);
        if (!IsHeaderSize(options.VnetHeaderSize)) throw EndpointFailures.HeaderSize(target, options.VnetHeaderSize);
        if (!options.VnetHeader && options.VnetHeaderSize != Libc.VnetHeaderSize) throw EndpointFailures.NoVnetHeader(FailureId.VnetHeaderSizeInvalid, target, "A size");
        CheckOffload(options.Offload, options.VnetHeader, target);
    }

    private static void CheckOffload(TapOffload offload, bool vnetHeader, object target)
    {
        if (offload == TapOffload.None) return;
        if (!vnetHeader) throw EndpointFailures.NoVnetHeader(FailureId.ParameterInvalid, target, "An offload");
        bool ecnAlone = offload.HasFlag(TapOffload.TsoEcn) && (offload & (TapOffload.Tso4 | TapOffload.Tso6)) == 0;
        if (!offload.HasFlag(TapOffload.Checksum) || ecnAlone) throw EndpointFailures.Offload(target, offload);
    }

    private static bool IsHeaderSize(int size) => size is Libc.VnetHeaderSize or Libc.LargeVnetHeaderSize;
}
