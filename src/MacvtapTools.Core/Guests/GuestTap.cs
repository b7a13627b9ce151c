using System.Runtime.InteropServices;
using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Route;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>
/// The open queues of one tap device, as a guest program gets them: non-blocking, and with a vnet header, which is how the kernel opens them and what QEMU expects
/// (net/tap.c, net_init_tap: it asks TUNGETIFF, then sets the size and the send buffer itself).
/// </summary>
internal sealed class GuestTap : IDisposable
{
    /// <summary>The size of a vnet header where nothing else was said: struct virtio_net_hdr.</summary>
    internal const int UsualVnetHeaderSize = 10;

    /// <summary>Queues of one link at most (include/linux/if_tap.h, MAX_TAP_QUEUES).</summary>
    internal const int MostQueues = 256;

    private const string ClassicDevice = "/dev/net/tun";
    private const int LargestSendBuffer = 0x7FFFFFFF;

    private readonly bool _isOwner;

    private GuestTap(string name, TapDevice? device, IReadOnlyList<SafeFileHandle> queues, bool isOwner)
    {
        Name = name;
        Device = device;
        Queues = queues;
        _isOwner = isOwner;
    }

    /// <summary>The link's name.</summary>
    internal string Name { get; }

    /// <summary>The tap device; null for a classic tap.</summary>
    internal TapDevice? Device { get; }

    /// <summary>The open descriptors, one for each queue.</summary>
    internal IReadOnlyList<SafeFileHandle> Queues { get; }

    /// <summary>The link's MAC address, asked of the descriptor.</summary>
    /// <exception cref="KernelException">ENOLINK: the link is gone.</exception>
    internal unsafe string MacAddress
    {
        get
        {
            byte* request = stackalloc byte[Libc.InterfaceRequestSize];
            new Span<byte>(request, Libc.InterfaceRequestSize).Clear();
            Ask(Queues[0], Libc.SIOCGIFHWADDR, (nint)request, "SIOCGIFHWADDR");
            return HardwareAddress.Format(new ReadOnlySpan<byte>(request + Libc.InterfaceRequestValue + sizeof(ushort), 6)) ?? string.Empty;
        }
    }

    /// <summary>How many bytes are in front of each frame now; 0 without a vnet header.</summary>
    /// <exception cref="KernelException">ENOLINK: the link is gone.</exception>
    internal unsafe int VnetHeaderSize
    {
        get
        {
            byte* request = stackalloc byte[Libc.InterfaceRequestSize];
            new Span<byte>(request, Libc.InterfaceRequestSize).Clear();
            Ask(Queues[0], Libc.TUNGETIFF, (nint)request, "TUNGETIFF");
            if ((*(ushort*)(request + Libc.InterfaceRequestValue) & Libc.IFF_VNET_HDR) == 0)
                return 0;
            int size = 0;
            Ask(Queues[0], Libc.TUNGETVNETHDRSZ, (nint)(&size), "TUNGETVNETHDRSZ");
            return size;
        }
    }

    /// <summary>Opens the tap device of a macvtap, after its node was proved to be that device.</summary>
    /// <param name="device">The tap device.</param>
    /// <param name="sysfs">The sysfs of its link's namespace.</param>
    /// <param name="queueCount">How many queues, 1 to 256.</param>
    /// <param name="vnetHeaderSize">0 for no vnet header, else its size, 10 or more.</param>
    /// <exception cref="MacvtapException">As <see cref="TapEndpoint.Open(TapDevice)"/>. Nothing is open then.</exception>
    internal static GuestTap Open(TapDevice device, NamespaceSysfs sysfs, int queueCount, int vnetHeaderSize) => Open(
        device.Name,
        device,
        queueCount,
        () => TapNode.OpenVerified(device, sysfs),
        queue => Prepare(queue, device.Name, Libc.IFF_TAP | Libc.IFF_NO_PI, vnetHeaderSize));

    /// <summary>Attaches to a classic tap.</summary>
    /// <param name="link">The link.</param>
    /// <param name="place">Its namespace.</param>
    /// <param name="queueCount">How many queues, 1 to 256; more than 1 needs a multi-queue link.</param>
    /// <param name="vnetHeaderSize">0 for no vnet header, else its size, 10 or more.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>, <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.LinkBusy"/>. Nothing is open then.</exception>
    internal static GuestTap Open(TapLink link, NamespaceHandle place, int queueCount, int vnetHeaderSize)
    {
        if (link.Mode != TapMode.Tap)
            throw new MacvtapException(FailureId.ParameterInvalid, $"{link.Name} is a tun link: it carries IP packets, and a guest's network card Ethernet frames.", "Take a link in mode Tap.", link);
        if (queueCount > 1 && !link.MultiQueue)
            throw new MacvtapException(FailureId.ParameterInvalid, $"{link.Name} is no multi-queue link, so it has one queue, not {queueCount}.", "Make it with New-TapLink -MultiQueue, or leave -QueueCount out.", link);
        int flags = Libc.IFF_TAP | Libc.IFF_NO_PI | (link.MultiQueue ? Libc.IFF_MULTI_QUEUE : 0);
        return Open(
            link.Name,
            null,
            queueCount,
            () => NamespaceRunner.Run(place, static () => Libc.Open(ClassicDevice, Libc.O_RDWR | Libc.O_NONBLOCK)) ?? throw Refused(link, KernelException.FromLastError($"open {ClassicDevice}")),
            queue =>
            {
                try
                {
                    Prepare(queue, link.Name, flags, vnetHeaderSize);
                }
                catch (KernelException failure)
                {
                    throw Refused(link, failure);
                }
            });
    }

    /// <summary>The queue of an endpoint, which stays its owner's and as it is set.</summary>
    internal static GuestTap Of(TapEndpoint endpoint) => new(endpoint.Name, endpoint.Device, [.. endpoint.Queue.Select(queue => queue.Descriptor)], isOwner: false);

    /// <summary>What placeholders stand for.</summary>
    /// <param name="first">The first descriptor that the program has for it; the others follow.</param>
    internal PlaceholderValues Values(int first) => new(Name, MacAddress, VnetHeaderSize, [.. Enumerable.Range(first, Queues.Count)]);

    /// <summary>Closes what was opened for the guest. A program that was started with it keeps its own.</summary>
    public void Dispose()
    {
        if (!_isOwner)
            return;
        foreach (SafeFileHandle queue in Queues)
            queue.Dispose();
    }

    private static GuestTap Open(string name, TapDevice? device, int queueCount, Func<SafeFileHandle> open, Action<SafeFileHandle> prepare)
    {
        List<SafeFileHandle> queues = [];
        try
        {
            for (int i = 0; i < queueCount; i++)
            {
                queues.Add(open());
                prepare(queues[^1]);
            }

            return new GuestTap(name, device, queues, isOwner: true);
        }
        catch
        {
            foreach (SafeFileHandle queue in queues)
                queue.Dispose();
            throw;
        }
    }

    private static unsafe void Prepare(SafeFileHandle queue, string name, int flags, int vnetHeaderSize)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        Span<byte> bytes = new(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        Encoding.UTF8.GetBytes(name, bytes[..RtnetlinkConstants.LongestName]);
        MemoryMarshal.Write(bytes[Libc.InterfaceRequestValue..], (ushort)(flags | (vnetHeaderSize > 0 ? Libc.IFF_VNET_HDR : 0)));
        Ask(queue, Libc.TUNSETIFF, (nint)request, "TUNSETIFF");
        if (vnetHeaderSize > 0)
            Ask(queue, Libc.TUNSETVNETHDRSZ, (nint)(&vnetHeaderSize), "TUNSETVNETHDRSZ");
        // With the default, 256 small frames that nobody reads at a bridge-mode sibling stop a writer.
        int size = LargestSendBuffer;
        Ask(queue, Libc.TUNSETSNDBUF, (nint)(&size), "TUNSETSNDBUF");
    }

    private static void Ask(SafeFileHandle queue, nuint request, nint argument, string operation)
    {
        if (Libc.Control(queue, request, argument) < 0)
            throw KernelException.FromLastError(operation);
    }

    private static MacvtapException Refused(TapLink link, KernelException failure) => failure.Errno switch
    {
        Errno.EPERM or Errno.EACCES => new(FailureId.AccessDenied, $"The tap {link.Name} may not be attached to.", "It needs CAP_NET_ADMIN, or being the link's owner or in its group (New-TapLink -Owner), and access to /dev/net/tun.", link, failure),
        Errno.EBUSY => new(FailureId.LinkBusy, $"Another program is attached to the tap {link.Name}.", "End it, or make the link with New-TapLink -MultiQueue.", link, failure),
        _ => new(FailureId.KernelError, $"The tap {link.Name} could not be attached to.", null, link, failure),
    };
}
