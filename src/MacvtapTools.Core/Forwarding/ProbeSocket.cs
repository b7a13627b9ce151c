using System.Buffers.Binary;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Forwarding;

/// <summary>
/// A packet socket on one link, which lets only the frames of one run in. It gets copies: what it sees, the link's owner gets all the same, and a tap device is not opened
/// at all. What it sends takes the way of a guest's frame (dev_queue_xmit on the link, as tap_get_user does).
/// </summary>
internal sealed class ProbeSocket : IDisposable
{
    private const int BufferSize = 4 << 20;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly SafeFileHandle _socket;
    private readonly int _index;
    private readonly bool _isStack;

    private ProbeSocket(SafeFileHandle socket, int index, bool isStack)
    {
        _socket = socket;
        _index = index;
        _isStack = isStack;
    }

    internal SafeFileHandle Handle => _socket;

    /// <summary>Opens one. Needs CAP_NET_RAW in the namespace.</summary>
    /// <param name="networkNamespace">The link's namespace.</param>
    /// <param name="index">The link's index.</param>
    /// <param name="isStack">See only what the link's own network stack gets, after macvlan and bridge took theirs; else all that passes the link.</param>
    /// <param name="run">The run whose frames it lets in.</param>
    /// <exception cref="MacvtapException">AccessDenied.</exception>
    /// <exception cref="KernelException">ENODEV where the link is gone.</exception>
    internal static ProbeSocket Open(NamespaceHandle networkNamespace, int index, bool isStack, uint run) =>
        new(NamespaceRunner.Run(networkNamespace, () => OpenHere(index, isStack ? ProbeFrame.EtherType : Libc.ETH_P_ALL, run)), index, isStack);

    /// <summary>Sends a frame.</summary>
    /// <returns>Whether the kernel took it; not where the link is down or has no room.</returns>
    internal unsafe bool Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* start = frame)
        {
            // A link that was down when the socket was bound reports that once.
            for (int attempt = 0; attempt < 2; attempt++)
            {
                if (Libc.send(_socket, start, (nuint)frame.Length, 0) == frame.Length) return true;
                KernelException failure = KernelException.FromLastError("send a probe frame");
                if (failure.Errno is not (Errno.ENETDOWN or Errno.ENOBUFS or Errno.EAGAIN or Errno.ENXIO or Errno.ENODEV or Errno.EINTR)) throw failure;
            }
        }

        return false;
    }

    /// <summary>Takes the next frame that is there.</summary>
    /// <param name="place">What the sighting shall say of the place.</param>
    /// <param name="sighting">What was seen.</param>
    /// <returns>Whether there was one.</returns>
    internal unsafe bool TryTake(int place, out ProbeSighting sighting)
    {
        Span<byte> frame = stackalloc byte[ProbeFrame.Length];
        while (true)
        {
            var from = default(Libc.sockaddr_ll);
            int length = sizeof(Libc.sockaddr_ll);
            nint count;
            fixed (byte* start = frame) count = Libc.recvfrom_link(_socket, start, (nuint)frame.Length, Libc.MSG_DONTWAIT, ref from, ref length);
            if (count < 0)
            {
                Errno error = KernelException.FromLastError("receive a probe frame").Errno;
                if (error is Errno.ENETDOWN or Errno.EINTR) continue;
                sighting = default;
                return false;
            }

            // A socket of the stack is also shown what macvlan made a sibling's; that carries the sibling's index.
            if (count < frame.Length || (_isStack && from.sll_ifindex != _index)) continue;
            long* time = stackalloc long[2];
            long stamp = Libc.ioctl_time(_socket, Libc.SIOCGSTAMPNS, time) == 0 ? (time[0] * NanosecondsPerSecond) + time[1] : 0;
            sighting = new ProbeSighting(ProbeFrame.NumberOf(frame), place, from.sll_pkttype == Libc.PACKET_OUTGOING, from.sll_pkttype == Libc.PACKET_OTHERHOST, stamp);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static unsafe SafeFileHandle OpenHere(int index, ushort protocol, uint run)
    {
        // Protocol 0 receives nothing until bind(2) says of which link; by then the filter is in place.
        SafeFileHandle socket = Libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0);
        if (socket.IsInvalid) throw Refused(KernelException.FromLastError("open a packet socket"));
        try
        {
            Attach(socket, run);
            if (Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, BufferSize, sizeof(int)) < 0)
                _ = Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUF, BufferSize, sizeof(int));
            long* time = stackalloc long[2];
            _ = Libc.ioctl_time(socket, Libc.SIOCGSTAMPNS, time);
            var address = new Libc.sockaddr_ll { sll_family = Libc.AF_PACKET, sll_protocol = BinaryPrimitives.ReverseEndianness(protocol), sll_ifindex = index };
            if (!BitConverter.IsLittleEndian) address.sll_protocol = protocol;
            if (Libc.bind_link(socket, address, sizeof(Libc.sockaddr_ll)) < 0) throw KernelException.FromLastError("bind a packet socket");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Exception Refused(KernelException refusal) => refusal.Errno is not (Errno.EPERM or Errno.EACCES) ? refusal : new MacvtapException(
        FailureId.AccessDenied,
        "No packet socket may be opened, and a probe needs one on each link.",
        "It needs CAP_NET_RAW in the user namespace that owns the network namespace: run as root (sudo pwsh), or leave -Probe out.",
        null,
        refusal);

    /// <summary>Only frames of the type and the run (classic BPF: load half word, compare, load word, compare).</summary>
    private static unsafe void Attach(SafeFileHandle socket, uint run)
    {
        const ushort LoadHalf = 0x28;
        const ushort LoadWord = 0x20;
        const ushort JumpIfEqual = 0x15;
        const ushort Return = 0x06;
        Libc.FilterInstruction* instructions = stackalloc Libc.FilterInstruction[]
        {
            new(LoadHalf, 0, 0, ProbeFrame.TypeOffset),
            new(JumpIfEqual, 0, 3, ProbeFrame.EtherType),
            new(LoadWord, 0, 0, ProbeFrame.RunOffset),
            new(JumpIfEqual, 0, 1, run),
            new(Return, 0, 0, ushort.MaxValue),
            new(Return, 0, 0, 0),
        };
        var program = new Libc.FilterProgram { Length = 6, Instructions = instructions };
        if (Libc.setsockopt_filter(socket, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, program, sizeof(Libc.FilterProgram)) < 0)
            throw KernelException.FromLastError("attach a filter to a packet socket");
    }
}
