using MacvtapTools.Guests.Relays;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools;

/// <summary>
/// Carries frames between a tap device and a Unix socket that keeps frames apart (SOCK_SEQPACKET), or a second tap device. It is for programs that cannot use the device
/// itself, as User-mode Linux with a macvtap. A thread of this process does it, so that it ends with the process.
/// </summary>
/// <remarks>
/// A frame that the other side does not take at once is dropped and counted, as by a network card whose queue is full: a guest that hangs holds up nobody.
/// </remarks>
public sealed class TapRelay : IDisposable
{
    private readonly IRelayPort _link;
    private readonly RelayPump _pump;
    private readonly WakeUp _wakeUp = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private readonly RelaySocket? _listener;
    private readonly bool _keepListening;
    private readonly bool _isCable;
    private IRelayPort? _other;
    private readonly SafeFileHandle? _guestEnd;
    private volatile TapRelayState _state;

    /// <summary>Begins; takes charge of everything that it is given.</summary>
    /// <param name="facts">What is known of the link.</param>
    /// <param name="link">The link's side.</param>
    /// <param name="other">The other side, where it is there already: a second tap device.</param>
    /// <param name="listener">Where the other side will connect. Where both are null, a socket pair is made.</param>
    /// <param name="keepListening">Whether to wait for another guest when one has gone.</param>
    internal TapRelay(RelayFacts facts, IRelayPort link, IRelayPort? other, RelaySocket? listener, bool keepListening)
    {
        Name = facts.Name;
        InterfaceIndex = facts.InterfaceIndex;
        NetworkNamespace = facts.NetworkNamespace;
        MacAddress = facts.MacAddress;
        VnetHeaderSize = facts.VnetHeaderSize;
        Device = facts.Device;
        Path = listener?.Path;
        Peer = facts.PeerName;
        _link = link;
        _listener = listener;
        _keepListening = keepListening;
        _pump = new RelayPump(_wakeUp);
        _isCable = other is not null;
        if (other is null && listener is null)
        {
            if (!Libc.SocketPair(Libc.SOCK_NONBLOCK, out SafeFileHandle own, out SafeFileHandle guest)) throw KernelException.FromLastError("make a socket pair");
            (other, _guestEnd) = (new SocketPort(own), guest);
        }

        _other = other;
        new Thread(Work, 512 * 1024) { IsBackground = true, Name = $"MacvtapTools relay {Name}" }.UnsafeStart();
        if (_isCable) _begun.Task.Wait(); // nobody is waited for: it runs from its start
    }

    /// <summary>The link's name when the relay was started.</summary>
    public string Name { get; }

    /// <summary>The link's index when the relay was started.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The network namespace of the link, as the user called it; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>How far it is.</summary>
    public TapRelayState State => _state;

    /// <summary>Why it has ended.</summary>
    public TapRelayReason Reason { get; private set; }

    /// <summary>The socket that it listens at; null where it has none.</summary>
    public string? Path { get; }

    /// <summary>Who is at the other side: the program that was started with it, or the second link; null where nobody knows.</summary>
    public string? Peer { get; private set; }

    /// <summary>The link's MAC address when the relay was started.</summary>
    public string MacAddress { get; }

    /// <summary>How many bytes of vnet header stand before each frame, passed on as they are; 0 for none.</summary>
    public int VnetHeaderSize { get; }

    /// <summary>Frames that came from the link and were handed to the other side.</summary>
    public long ReceivedFrames => _pump.Received.Frames;

    /// <summary>Their bytes.</summary>
    public long ReceivedBytes => _pump.Received.Bytes;

    /// <summary>Frames that came from the link and that the other side did not take in time.</summary>
    public long ReceiveDropped => _pump.Received.Dropped;

    /// <summary>Frames that came from the other side and were handed to the link.</summary>
    public long SentFrames => _pump.Sent.Frames;

    /// <summary>Their bytes.</summary>
    public long SentBytes => _pump.Sent.Bytes;

    /// <summary>Frames that came from the other side and that the link did not take: too short, too long, or its buffer was full.</summary>
    public long SendDropped => _pump.Sent.Dropped;

    /// <summary>Frames that were dropped, both ways.</summary>
    public long Dropped => ReceiveDropped + SendDropped;

    /// <summary>When it was started, local time.</summary>
    public DateTime StartTime { get; } = DateTime.Now;

    /// <summary>What went wrong, where <see cref="Reason"/> is Failed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The tap device of a macvtap; null for a classic tap.</summary>
    internal TapDevice? Device { get; }

    /// <summary>Ends it. Nothing where it has ended.</summary>
    public void Stop() => _pump.Stop();

    /// <summary>Waits until it has ended.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(TimeSpan timeout) => _ended.Task.Wait(timeout);

    /// <summary>Ends it, and waits until everything is closed.</summary>
    public void Dispose()
    {
        Stop();
        _ended.Task.Wait();
    }

    /// <summary>The link and the other side.</summary>
    public override string ToString() => $"relay of {Name}";

    /// <summary>The end of the socket pair for a guest.</summary>
    /// <exception cref="Failures.MacvtapException">TapRelayEnded; TapRelayBusy; ParameterInvalid: it has none.</exception>
    internal SafeFileHandle GuestEnd()
    {
        lock (_gate)
        {
            if (_state == TapRelayState.Ended) throw RelayFailures.Ended(this);
            if (_guestEnd is null) throw RelayFailures.NoDescriptor(this);
            return _guestEnd.IsClosed ? throw RelayFailures.Busy(this) : _guestEnd;
        }
    }

    /// <summary>A program has the guest's end now. This process gives up its own, so that the end of the program is noticed.</summary>
    /// <param name="program">The program.</param>
    internal void HandOver(string program)
    {
        lock (_gate)
        {
            Peer = program;
            _guestEnd?.Dispose();
        }

        _wakeUp.Signal();
    }

    private void Work()
    {
        TapRelayReason reason = TapRelayReason.Failed;
        try
        {
            do
                reason = Serve();
            while (_keepListening && reason == TapRelayReason.PeerClosed);
        }
        catch (ObjectDisposedException)
        {
            reason = TapRelayReason.EndpointClosed;
        }
#pragma warning disable CA1031 // An exception on this thread would end the process: it is kept for whoever asks.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
        }

        lock (_gate)
        {
            Reason = reason;
            _state = TapRelayState.Ended;
            _guestEnd?.Dispose();
        }

        _listener?.Dispose();
        _other?.Dispose();
        _link.Dispose();
        _wakeUp.Dispose();
        _begun.TrySetResult();
        _ended.TrySetResult();
    }

    /// <summary>Waits for a guest and serves it.</summary>
    private TapRelayReason Serve()
    {
        TapRelayReason reason = AwaitGuest();
        if (reason != TapRelayReason.None) return reason;
        if (_state != TapRelayState.Running) Begin();
        reason = _pump.Run(_link, _other!);
        _listener?.RemoveGuestEnd();
        if (_listener is not null && _keepListening && reason == TapRelayReason.PeerClosed)
        {
            _other!.Dispose();
            _other = null;
            _state = TapRelayState.Listening;
        }

        return reason;
    }

    /// <summary>From when it is running on, no frame is thrown away because it came too early. What waits in a guest's socket was sent by that guest, and is not stale.</summary>
    private void Begin()
    {
        _pump.Discard(_link);
        if (_isCable) _pump.Discard(_other!);
        _state = TapRelayState.Running;
        _begun.TrySetResult();
    }

    private TapRelayReason AwaitGuest()
    {
        PollSet poll = new();
        poll.Set(_listener is null ? [_wakeUp.Handle] : [_wakeUp.Handle, _listener.Handle]);
        while (!_pump.IsStopping)
        {
            if (_listener is not null && _listener.Accept() is { } guest) _other = new SocketPort(guest);
            if (_other is not null && _guestEnd is null or { IsClosed: true })
            {
                // Whoever comes second is refused, and a killed shell leaves no file behind.
                if (!_keepListening) _listener?.Dispose();
                return TapRelayReason.None;
            }

            TapRelayReason reason = _link.Look();
            if (reason != TapRelayReason.None) return reason;
            poll.Wait(RelayPump.LookEvery);
        }

        return TapRelayReason.Stopped;
    }
}
