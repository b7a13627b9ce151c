using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>Attaches to a classic tun or tap link that is there already.</summary>
internal static class TunNode
{
    /// <summary>Where every such link is attached to.</summary>
    internal const string Path = "/dev/net/tun";

    /// <summary>
    /// Attaches one more queue. The device is opened inside the link's namespace, since a descriptor belongs to that for good. The caller has to look whether it is the
    /// link that was meant: where there is none of that name any more, the kernel makes one, which goes when the descriptor is closed.
    /// </summary>
    /// <param name="link">The link.</param>
    /// <param name="options">How.</param>
    /// <param name="place">Its namespace.</param>
    /// <exception cref="MacvtapException">KindNotSupported, AccessDenied, LinkBusy, TapQueueModeMismatch, KernelError.</exception>
    internal static SafeFileHandle Attach(TapLink link, TapEndpointOptions options, NamespaceHandle place)
    {
        SafeFileHandle file = Open(link, place);
        try
        {
            int flags = (link.Mode == TapMode.Tun ? Libc.IFF_TUN : Libc.IFF_TAP)
                | (options.PacketInformation ? 0 : Libc.IFF_NO_PI)
                | (options.VnetHeader ? Libc.IFF_VNET_HDR : 0)
                | (link.MultiQueue ? Libc.IFF_MULTI_QUEUE : 0);
            TapControl.SetInterface(file, link.Name, (ushort)flags, $"attach to {link.Name}");
            return file;
        }
        catch (KernelException failure)
        {
            file.Dispose();
            throw NotAttached(link, failure);
        }
    }

    private static SafeFileHandle Open(TapLink link, NamespaceHandle place)
    {
        try
        {
            return NamespaceRunner.Open(place, $"open {Path}", static () => Libc.Open(Path, Libc.O_RDWR | Libc.O_NONBLOCK));
        }
        catch (KernelException failure)
        {
            throw NotOpened(link, failure);
        }
    }

    /// <summary>Refuses what the kernel would take and others would suffer from, or what it has no words for.</summary>
    internal static void Check(TapLink link, TapEndpointOptions options)
    {
        if (options.QueueCount > 1 && !link.MultiQueue)
        {
            throw new MacvtapException(
                FailureId.TapQueueModeMismatch,
                $"The link {link.Name} has a single queue, and {options.QueueCount} were asked for.",
                "Only a link that was made with -MultiQueue has several.",
                link);
        }

        if (link.Queues > 0 && (link.VnetHeader != options.VnetHeader || link.PacketInformation != options.PacketInformation))
        {
            throw new MacvtapException(
                FailureId.TapQueueModeMismatch,
                $"The link {link.Name} is open elsewhere {With(link.VnetHeader)} vnet header and {With(link.PacketInformation)} packet information, which hold for all its queues.",
                "Open it in the same way, or when the others have closed it.",
                link);
        }

        static string With(bool has) => has ? "with a" : "without";
    }

    /// <summary>The device was not opened.</summary>
    internal static MacvtapException NotOpened(TapLink link, KernelException failure) => failure.Errno switch
    {
        Errno.ENOENT or Errno.ENODEV or Errno.ENXIO => new MacvtapException(
            FailureId.KindNotSupported,
            $"{Path} is not there, or has no driver.",
            "Load the module (modprobe tun); in a container the host has to load it, and to pass /dev/net/tun (character device 10:200) in.",
            link,
            failure),
        Errno.EACCES or Errno.EPERM => new MacvtapException(FailureId.AccessDenied, $"{Path} may not be opened for reading and writing.", "Ask for permission to the node; in a container the device must be allowed too.", link, failure),
        _ => new MacvtapException(FailureId.KernelError, $"{Path} cannot be opened.", null, link, failure),
    };

    /// <summary>The link was not attached to.</summary>
    internal static MacvtapException NotAttached(TapLink link, KernelException failure) => failure.Errno switch
    {
        Errno.EBUSY => new MacvtapException(FailureId.LinkBusy, $"Somebody else has the link {link.Name} open, and it has a single queue.", "Close it there, or make the link with -MultiQueue.", link, failure),
        Errno.ENOMEM => TapFailures.QueueTooLong(link.Name, link.NetworkNamespace, link, failure),
        Errno.E2BIG => new MacvtapException(FailureId.LinkBusy, $"The link {link.Name} has its 256 queues open already.", "Close some.", link, failure),
        Errno.EPERM or Errno.EACCES => new MacvtapException(
            FailureId.AccessDenied,
            $"The link {link.Name} may not be opened: it is for {link.Owner ?? "no user"} and group {link.OwnerGroup ?? "none"}.",
            "Be that user, be in that group, or use CAP_NET_ADMIN in the link's network namespace.",
            link,
            failure),
        Errno.EINVAL => new MacvtapException(
            FailureId.TapQueueModeMismatch,
            $"The link {link.Name} has other queues than it had when it was read: another mode, or one instead of several.",
            "It was made anew meanwhile: get it again.",
            link,
            failure),
        _ => new MacvtapException(FailureId.KernelError, $"The link {link.Name} cannot be opened.", null, link, failure),
    };
}
