using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;
using static MacvtapTools.Interop.Libc;

namespace MacvtapTools.Frames;

/// <summary>Copies of the frames that a link receives and sends, by a packet socket (packet(7)). Takes nothing away from anybody.</summary>
internal sealed class PacketSource : IFrameSource
{
    private const ushort Ethernet = 1; // ARPHRD_ETHER
    private const ushort Loopback = 772; // ARPHRD_LOOPBACK: its frames have Ethernet headers too

    private readonly LinkSession _session;
    private readonly Link _link;
    private readonly SafeFileHandle _socket;
    private readonly PacketRing _ring;
    private long _dropped;

    private PacketSource(LinkSession session, Link link, SafeFileHandle socket, PacketRing ring)
    {
        _session = session;
        _link = link;
        _socket = socket;
        _ring = ring;
        Origin = new FrameOrigin(link.Name, link.InterfaceIndex, link.NetworkNamespace);
    }

    /// <inheritdoc/>
    public FrameOrigin Origin { get; }

    /// <inheritdoc/>
    public IEnumerable<SafeHandle> Handles => [_socket];

    /// <summary>How many frames came, the dropped ones too. As old as the last look at <see cref="DroppedCount"/>.</summary>
    public long ReceivedCount { get; private set; }

    /// <inheritdoc/>
    public long DroppedCount
    {
        get
        {
            var counters = default(tpacket_stats_v3);
            int length = Marshal.SizeOf<tpacket_stats_v3>();
            if (getsockopt_statistics(_socket, SOL_PACKET, PACKET_STATISTICS, ref counters, ref length) == 0)
            {
                ReceivedCount += counters.tp_packets;
                _dropped += counters.tp_drops;
            }

            return _dropped;
        }
    }

    /// <summary>Begins to copy: from its return on nothing is missed, as long as the ring has room.</summary>
    /// <param name="session">The session of the link's namespace; stays open.</param>
    /// <param name="link">The link, of any kind that carries Ethernet frames.</param>
    /// <param name="size">The memory of the ring, in bytes.</param>
    /// <param name="isPromiscuous">Whether the link is to take in frames for other receivers too, as long as this is open.</param>
    /// <exception cref="MacvtapException">AccessDenied (CAP_NET_RAW), LinkNotFound, ParameterInvalid (no Ethernet), KernelError.</exception>
    internal static PacketSource Open(LinkSession session, Link link, int size, bool isPromiscuous)
    {
        if (link.Record.HardwareType is not (Ethernet or Loopback))
        {
            throw new MacvtapException(
                FailureId.ParameterInvalid,
                $"{link.Name} carries no Ethernet frames (hardware type {link.Record.HardwareType}).",
                "Links of kind tun in tun mode, tunnels and the like carry bare IP packets.",
                link);
        }

        try
        {
            SafeFileHandle socket = NamespaceRunner.Open(session.Namespace, "open a packet socket", static () => Libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            PacketRing? ring = null;
            try
            {
                // Protocol 0 takes nothing in until bind(2), when all is in its place.
                ring = PacketRing.Attach(socket, size);
                if (isPromiscuous) BePromiscuous(socket, link.InterfaceIndex);
                Bind(socket, link.InterfaceIndex);
                return new PacketSource(session, link, socket, ring);
            }
            catch
            {
                ring?.Dispose();
                socket.Dispose();
                throw;
            }
        }
        catch (KernelException failure)
        {
            throw Explain(link, failure);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(out FrameView frame) => _ring.TryRead(out frame);

    /// <inheritdoc/>
    public LinkCondition Check()
    {
        // What the socket has to say (ENETDOWN when the link goes down or away) makes poll(2) return at once until it was asked for.
        int error = 0;
        int length = sizeof(int);
        _ = getsockopt(_socket, SOL_SOCKET, SO_ERROR, ref error, ref length);
        Link now = _session.Reader.Find(_link.InterfaceIndex) is { } found && LinkIdentity.IsSame(found, _link) ? found : throw Gone();
        return now.AdministrativeStatus == AdministrativeStatus.Up ? LinkCondition.Up : LinkCondition.Down;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ring.Dispose();
        _socket.Dispose();
    }

    private static void BePromiscuous(SafeFileHandle socket, int index)
    {
        var request = new packet_mreq { mr_ifindex = index, mr_type = PACKET_MR_PROMISC };
        if (setsockopt_membership(socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, in request, Marshal.SizeOf<packet_mreq>()) < 0) throw KernelException.FromLastError("setsockopt PACKET_ADD_MEMBERSHIP");
    }

    private static void Bind(SafeFileHandle socket, int index)
    {
        var address = new sockaddr_ll
        {
            sll_family = AF_PACKET,
            sll_protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(ETH_P_ALL) : ETH_P_ALL,
            sll_ifindex = index,
        };
        if (bind_link(socket, in address, Marshal.SizeOf<sockaddr_ll>()) < 0) throw KernelException.FromLastError("bind a packet socket");
    }

    private static MacvtapException Explain(Link link, KernelException failure) => failure.Errno switch
    {
        Errno.EPERM or Errno.EACCES => new MacvtapException(
            FailureId.AccessDenied,
            $"The frames of {link.Name} may not be watched.",
            "A packet socket needs CAP_NET_RAW in the user namespace that owns the network namespace.",
            link,
            failure),
        Errno.ENODEV or Errno.ENXIO => new MacvtapException(FailureId.LinkNotFound, $"{link.Name} is gone.", null, link, failure),
        Errno.ENOMEM => new MacvtapException(FailureId.KernelError, $"There is no memory for a buffer that large ({link.Name}).", "Ask for less with -BufferSize.", link, failure),
        _ => new MacvtapException(FailureId.KernelError, $"The frames of {link.Name} cannot be watched.", null, link, failure),
    };

    private MacvtapException Gone() => new(
        FailureId.LinkNotFound,
        $"{_link.Name} (index {_link.InterfaceIndex}) is gone while its frames were watched.",
        "It was deleted, or moved to another network namespace: watch it there (-NetworkNamespace).",
        _link);
}
