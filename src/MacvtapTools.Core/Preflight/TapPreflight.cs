using System.Globalization;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Route;
using MacvtapTools.Taps;

namespace MacvtapTools.Preflight;

/// <summary>
/// Whether a tap device could be opened, without opening it: each open is a queue, which takes a share of the guest's frames (drivers/net/tap.c, tap_open; drivers/net/tun.c,
/// tun_set_iff).
/// </summary>
internal static class TapPreflight
{
    private const int MostQueues = TapEndpoint.MaximumQueueCount;

    /// <summary>The tap device of a macvtap: the node must be that device's, the caller may use it, and there is room for more queues.</summary>
    /// <exception cref="Failures.MacvtapException">As <see cref="TapEndpoint.Open(TapDevice, TapEndpointOptions)"/>.</exception>
    internal static Verdict CheckOpen(TapDevice device, TapEndpointOptions options, NamespaceSysfs sysfs)
    {
        TapEndpoint.CheckOptions(device, options);
        if (TapDeviceLocator.FindDevice(device.Name, device.InterfaceIndex, sysfs) is null) throw TapFailures.Gone(device, null);

        // Held only while it is compared: the scan below would find it.
        TapNode.HoldVerified(device, sysfs).Dispose();
        if (!Libc.MayAccess(device.Path, Libc.R_OK | Libc.W_OK)) throw TapFailures.OpenRefused(device, new PredictedRefusal(Libc.LastError, $"open {device.Path}"));
        if (sysfs.TryReadText($"class/net/{device.Name}/tx_queue_len", out string? length) && long.Parse(length, CultureInfo.InvariantCulture) > TransmitRing.Longest)
            throw TapFailures.OpenRefused(device, new PredictedRefusal(Errno.ENOMEM, $"open {device.Path}"));
        TapHolderScan scan = TapHolderScanner.Scan(new HashSet<DeviceNumber> { device.Device });
        TapDescriptor[] descriptors = [.. scan.Descriptors.Where(d => !d.IsGone)];
        int open = descriptors.Count(d => d.File is null) + descriptors.Select(d => d.File).OfType<int>().Distinct().Count();
        if (open + options.QueueCount > MostQueues) throw TapFailures.OpenRefused(device, new PredictedRefusal(Errno.EBUSY, $"open {device.Path}"));
        return scan.IsComplete || open == 0 ? Verdict.Accepted : new Verdict($"how many of its {MostQueues} queues are open already: some processes may not be looked into");
    }

    /// <summary>A classic tun or tap link, to which one attaches by /dev/net/tun.</summary>
    /// <exception cref="Failures.MacvtapException">As <see cref="TapEndpoint.Open(TapLink, TapEndpointOptions)"/>.</exception>
    internal static Verdict CheckOpen(TapLink link, TapEndpointOptions options, LinkSession session)
    {
        TapEndpoint.CheckOptions(link, options);
        if (!Libc.MayAccess(TunNode.Path, Libc.R_OK | Libc.W_OK)) throw TunNode.NotOpened(link, new PredictedRefusal(Libc.LastError, $"open {TunNode.Path}"));
        if (!IsAllowed(link) && !LinkSnapshot.Take(session).MayChange) throw Refused(Errno.EPERM);

        // The kernel counts the queues only of a link that can have several; a single one gives the link its carrier.
        if (!link.MultiQueue && link.Carrier == true) throw Refused(Errno.EBUSY);
        if (link.Queues + options.QueueCount > MostQueues) throw Refused(Errno.E2BIG);
        return link.TransmitQueueLength > TransmitRing.Longest ? throw Refused(Errno.ENOMEM) : Verdict.Accepted;

        Failures.MacvtapException Refused(Errno errno) => TunNode.NotAttached(link, new PredictedRefusal(errno, $"attach to {link.Name}"));
    }

    /// <summary>A frame to be sent by a link: it must be one, and a link that is switched off takes none.</summary>
    /// <param name="link">The link; null where it is gone, which the opening says.</param>
    /// <param name="path">The node that would be opened.</param>
    /// <param name="length">The frame's length in bytes.</param>
    /// <exception cref="Failures.MacvtapException">ParameterInvalid, LinkDown.</exception>
    internal static void RequireSendable(Link? link, string path, int length)
    {
        if (link is null) return;
        string endpoint = $"{path} ({link.Name})";
        if (length < TapEndpoint.ShortestFrame) throw EndpointFailures.TooShort(endpoint, TapMode.Tap, 0, link, length);
        if (link.AdministrativeStatus != AdministrativeStatus.Up) throw EndpointFailures.Down(endpoint, link.Name, link.NetworkNamespace, link, null);
    }

    /// <summary>A frame to be sent by an open tap device.</summary>
    /// <exception cref="Failures.MacvtapException">ParameterInvalid, LinkDown, TapDeviceNotFound, TapEndpointClosed.</exception>
    internal static void RequireSendable(TapEndpoint endpoint, int length)
    {
        if (length < TapEndpoint.ShortestFrame) throw EndpointFailures.TooShort(endpoint, length + endpoint.HeaderLength);
        endpoint.RequireOn();
    }

    /// <summary>tun_not_capable: a link without owner and group is for everybody who may open the device.</summary>
    private static bool IsAllowed(TapLink link)
    {
        ThreadCredentials caller = ThreadCredentials.Read();
        return (link.OwnerId is not { } owner || owner == caller.FileUser) && (link.GroupId is not { } group || caller.Groups.Contains((uint)group));
    }
}
