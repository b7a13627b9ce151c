using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools;

/// <summary>
/// An open tap device: where a virtual machine would sit. It sends and receives whole Ethernet frames in the link's name (IP packets where the link is of mode Tun), and
/// lives on when the link gets another mode, name or MAC address, and when it moves to another namespace. Safe for one sender and one receiver at a time; several
/// threads take a queue each. What is forgotten is closed by the garbage collector.
/// </summary>
/// <remarks>
/// Each queue of an endpoint is one more queue of the link (at most 256): all of them share its frames by flow. Frames that came before it was opened are lost; as many
/// as the link's transmit queue length wait for the reader, the rest is dropped (drivers/net/tap.c, tap_handle_frame).
/// </remarks>
public sealed partial class TapEndpoint : IDisposable
{
    /// <summary>The shortest frame: two addresses and a type, 14 bytes (drivers/net/tap.c, tap_get_user: ETH_HLEN).</summary>
    public const int ShortestFrame = 14;

    /// <summary>How many queues a link has at most (include/linux/if_tap.h, MAX_TAP_QUEUES).</summary>
    public const int MaximumQueueCount = 256;

    private const int Slice = 25;

    private readonly LinkPulse _pulse;
    private readonly TapQueue[] _queues;
    private int _vnetHeaderSize;
    private TapOffload _offload;
    private int _turn;
    private volatile bool _isClosed;

    private TapEndpoint(EndpointLink link, TapEndpointOptions options, LinkPulse pulse, IReadOnlyList<SafeFileHandle> descriptors)
    {
        Device = link.Device;
        Mode = link.Mode;
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        Path = link.Path;
        VnetHeader = options.VnetHeader;
        PacketInformation = options.PacketInformation;
        _pulse = pulse;
        _vnetHeaderSize = options.VnetHeader ? options.VnetHeaderSize : 0;
        _offload = options.Offload;
        _queues = [.. descriptors.Select((d, i) => new TapQueue(this, i, d))];
    }

    /// <summary>The link's name when it was opened.</summary>
    public string Name { get; }

    /// <summary>The link's index when it was opened.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The network namespace of the link when it was opened, as the user called it; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The node that was opened: "/dev/tapN", or "/dev/net/tun" for a classic link.</summary>
    public string Path { get; }

    /// <summary>What goes through: Tap for Ethernet frames, Tun for IP packets.</summary>
    public TapMode Mode { get; }

    /// <summary>The tap device of a macvtap, as it was when it was opened; null for a classic link.</summary>
    public TapDevice? Device { get; }

    /// <summary>Whether frames can pass, and if not why. Asked of the kernel each time, at about three microseconds.</summary>
    public TapEndpointState State => _isClosed ? TapEndpointState.Closed : _pulse.Examine();

    /// <summary>How many queues it has.</summary>
    public int QueueCount => _queues.Length;

    /// <summary>The queues, each with its descriptor.</summary>
    public IReadOnlyList<TapQueue> Queue => _queues;

    /// <summary>The descriptor of the first queue, non-blocking and close-on-exec; closed with the endpoint.</summary>
    public SafeFileHandle Descriptor => _queues[0].Descriptor;

    /// <summary>The numbers of the descriptors in this process, in the order of the queues; empty once it is closed.</summary>
    public IReadOnlyList<int> DescriptorNumber => _isClosed ? [] : [.. _queues.Select(q => q.DescriptorNumber).OfType<int>()];

    /// <summary>Whether each frame has a vnet header before it, sent and received.</summary>
    public bool VnetHeader { get; }

    /// <summary>The size of the vnet header in bytes, 10 or 12; 0 where there is none. It can be set where there is one.</summary>
    /// <exception cref="MacvtapException">VnetHeaderSizeInvalid, TapDeviceNotFound, TapEndpointClosed.</exception>
    public int VnetHeaderSize
    {
        get => _vnetHeaderSize;
        set
        {
            if (!VnetHeader) throw EndpointFailures.NoVnetHeader(FailureId.VnetHeaderSizeInvalid, Target, "A size");
            if (!IsHeaderSize(value)) throw EndpointFailures.HeaderSize(Target, value);
            Each(queue => TapControl.SetVnetHeaderSize(queue.Descriptor, value, Path));
            _vnetHeaderSize = value;
        }
    }

    /// <summary>What the reader takes over from the kernel. It can be set where there is a vnet header, and holds for the link, with all its queues.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid, TapDeviceNotFound, TapEndpointClosed.</exception>
    public TapOffload Offload
    {
        get => _offload;
        set
        {
            CheckOffload(value, VnetHeader, Target);
            try
            {
                TapControl.SetOffload(Descriptor, value, Path);
            }
            catch (KernelException failure) when (failure.Errno == Errno.EINVAL)
            {
                throw EndpointFailures.Offload(Target, value, failure);
            }
            catch (KernelException failure)
            {
                throw Explain(failure, "The offloads were not changed");
            }
            catch (ObjectDisposedException)
            {
                throw EndpointFailures.Closed(this);
            }

            _offload = value;
        }
    }

    /// <summary>Whether each packet has four bytes of packet information before it (flags and protocol).</summary>
    public bool PacketInformation { get; }

    /// <summary>How many bytes come before each frame: packet information, then the vnet header.</summary>
    public int HeaderLength => (PacketInformation ? Libc.PacketInformationSize : 0) + _vnetHeaderSize;

    /// <summary>The link's MAC address now, such as "52:54:00:12:34:56" (SIOCGIFHWADDR on the descriptor); empty in mode Tun.</summary>
    /// <exception cref="MacvtapException">TapDeviceNotFound: the link is gone. TapEndpointClosed.</exception>
    public string MacAddress
    {
        get
        {
            if (Mode == TapMode.Tun) return string.Empty;
            try
            {
                return TapControl.MacAddress(Descriptor, Path);
            }
            catch (KernelException failure)
            {
                throw Explain(failure, "The link did not tell its address");
            }
            catch (ObjectDisposedException)
            {
                throw EndpointFailures.Closed(this);
            }
        }
    }

    /// <summary>What a failure is about.</summary>
    internal object Target => (object?)Device ?? Name;

    /// <summary>The least that can be sent, headers included.</summary>
    internal int ShortestWrite => HeaderLength + (Mode == TapMode.Tun ? 1 : ShortestFrame);

    /// <summary>Sends one frame by the first queue: see <see cref="TapQueue.Send"/>.</summary>
    /// <param name="frame">What the endpoint has before each frame (<see cref="HeaderLength"/>), then the frame.</param>
    /// <exception cref="MacvtapException">TapDeviceNotFound, LinkDown, ParameterInvalid, TapDeviceTimeout, TapEndpointClosed.</exception>
    public void Send(ReadOnlySpan<byte> frame) => _queues[0].Send(frame);

    /// <summary>Receives the next frame, by whichever queue it comes: see <see cref="TapQueue.TryReceive"/>.</summary>
    /// <param name="buffer">Takes the frame, with what the endpoint has before each frame; a longer one is cut.</param>
    /// <param name="timeout">How long to wait at most; zero for a look, <see cref="TimeSpan.MaxValue"/> for as long as it takes.</param>
    /// <param name="length">The length of the frame, or 0.</param>
    /// <param name="stop">Ends a wait, within 25 milliseconds.</param>
    /// <returns>False when none came in time.</returns>
    /// <exception cref="MacvtapException">TapDeviceNotFound: the link is gone, which a wait notices within 25 milliseconds. TapEndpointClosed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool TryReceive(Span<byte> buffer, TimeSpan timeout, out int length, CancellationToken stop = default) =>
        _queues.Length == 1 ? _queues[0].TryReceive(buffer, timeout, out length, stop) : TryReceiveAny(buffer, timeout, out length, stop);

    /// <summary>The path and the link.</summary>
    public override string ToString() => $"{Path} ({Name})";

    /// <summary>What a refusal means, with what has become of the link.</summary>
    internal MacvtapException Explain(KernelException failure, string what) => failure.Errno switch
    {
        Errno.ENOLINK or Errno.ENODEV or Errno.EBADFD => EndpointFailures.Gone(this, failure),
        Errno.EIO => EndpointFailures.Down(this, failure),
        _ => EndpointFailures.Refused(this, what, failure),
    };

    /// <summary>The same as <see cref="State"/> at a microsecond, where a link without a carrier counts as open.</summary>
    internal TapEndpointState Feel() => _isClosed ? TapEndpointState.Closed : _pulse.Feel();

    /// <summary>Throws when the link is gone.</summary>
    internal void RequireLife()
    {
        if (_pulse.Feel() is TapEndpointState.Gone or TapEndpointState.Closed) throw NotAlive();
    }

    /// <summary>Throws when the link is gone, or switched off.</summary>
    internal void RequireOn()
    {
        switch (_pulse.Feel())
        {
            case TapEndpointState.LinkDown: throw EndpointFailures.Down(this, null);
            case TapEndpointState.Open: break;
            default: throw NotAlive();
        }
    }

    /// <summary>How many milliseconds of a wait are next; 0 when it is over.</summary>
    internal static int NextSlice(TimeSpan timeout, long started)
    {
        if (timeout == TimeSpan.MaxValue) return Slice;
        TimeSpan left = timeout - Stopwatch.GetElapsedTime(started);
        return left <= TimeSpan.Zero ? 0 : (int)Math.Ceiling(Math.Min(left.TotalMilliseconds, Slice));
    }

    private bool TryReceiveAny(Span<byte> buffer, TimeSpan timeout, out int length, CancellationToken stop)
    {
        long started = 0;
        while (true)
        {
            try
            {
                // Whose turn it is goes round, so that no queue starves.
                for (int i = 0; i < _queues.Length; i++)
                {
                    if (++_turn >= _queues.Length) _turn = 0;
                    if (_queues[_turn].TryTake(buffer, out length)) return true;
                }
            }
            catch (ObjectDisposedException)
            {
                throw EndpointFailures.Closed(this);
            }

            length = 0;
            stop.ThrowIfCancellationRequested();
            RequireLife();
            if (started == 0) started = Stopwatch.GetTimestamp();
            int left = NextSlice(timeout, started);
            if (left == 0) return false;
            Wait(left);
        }
    }

    private void Wait(int milliseconds)
    {
        Span<int> descriptors = stackalloc int[MaximumQueueCount];
        for (int i = 0; i < _queues.Length; i++) descriptors[i] = _queues[i].DescriptorNumber ?? throw EndpointFailures.Closed(this);
        Libc.PollAny(descriptors[.._queues.Length], milliseconds);
    }

    private MacvtapException NotAlive() =>
        _isClosed || Descriptor.IsClosed ? EndpointFailures.Closed(this) : EndpointFailures.Gone(this, TapControl.AskForLink(Descriptor, Path));

    private void Each(Action<TapQueue> work)
    {
        try
        {
            foreach (TapQueue queue in _queues) work(queue);
        }
        catch (KernelException failure)
        {
            throw Explain(failure, "The vnet header was not changed");
        }
        catch (ObjectDisposedException)
        {
            throw EndpointFailures.Closed(this);
        }
    }
}
