using System.Diagnostics;
using MacvtapTools.Interop;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools;

/// <summary>
/// One queue of an open tap device: a descriptor of its own, to which the kernel gives a share of the frames (by flow: all frames of one connection come by one queue).
/// Safe for one sender and one receiver at a time; several queues can be used by several threads at once. Sending and receiving take no memory.
/// </summary>
public sealed class TapQueue
{
    /// <summary>How often a sender looks whether its link lives: after the first frame that is sent so long after the last look.</summary>
    private const int LookEvery = 10;

    // A link that goes away does not wake poll(2), so the wait is cut. It also bounds how late a stop is noticed.
    private const int Slice = 25;
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(1);

    private readonly TapEndpoint _endpoint;
    private long _nextLook;

    internal TapQueue(TapEndpoint endpoint, int index, SafeFileHandle descriptor)
    {
        _endpoint = endpoint;
        Index = index;
        Descriptor = descriptor;
    }

    /// <summary>Its place among the queues of the endpoint, from 0 on.</summary>
    public int Index { get; }

    /// <summary>The open descriptor, non-blocking and close-on-exec; closed with the endpoint.</summary>
    public SafeFileHandle Descriptor { get; }

    /// <summary>The number of the descriptor in this process; null once it is closed.</summary>
    public int? DescriptorNumber => Descriptor.IsClosed ? null : (int)Descriptor.DangerousGetHandle();

    /// <summary>
    /// Sends one frame as the link's guest. It has been handed to the kernel then, and no more: nobody tells what became of it on the wire.
    /// </summary>
    /// <remarks>
    /// The kernel goes on to take frames of a macvtap that is gone or switched off, and drops them. So this looks whether the link lives, after the frame was taken
    /// and at most every 10 milliseconds: a frame that is sent on its own is known to have been taken by a living link, and in a stream of frames those of the last 10
    /// milliseconds before a failure may have been dropped.
    /// </remarks>
    /// <param name="frame">What the endpoint has before each frame (<see cref="TapEndpoint.HeaderLength"/>), then destination, source, type and payload: 14 bytes or more. The kernel does not compare it to the MTU.</param>
    /// <exception cref="Failures.MacvtapException">
    /// TapDeviceNotFound: the link is gone. LinkDown: it is switched off. ParameterInvalid: the frame is too short, longer than the kernel takes, or not as its vnet header
    /// says. TapDeviceTimeout: it was not taken within a second, since too many wait to be received. TapEndpointClosed.
    /// </exception>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < _endpoint.ShortestWrite)
            throw EndpointFailures.TooShort(_endpoint, frame.Length);
        try
        {
            if (Libc.Write(Descriptor, frame) < 0)
                SendPatiently(frame);
        }
        catch (ObjectDisposedException)
        {
            throw EndpointFailures.Closed(_endpoint);
        }

        // Alive now means alive when it was written.
        if (Environment.TickCount64 >= _nextLook)
            Look();
    }

    /// <summary>Receives the next frame.</summary>
    /// <remarks>Frames of many kilobytes, which offloads join, are copied a good deal faster to an address that 32 divides than to that of an array; for others it makes no difference.</remarks>
    /// <param name="buffer">Takes the frame from its first byte, with what the endpoint has before each frame. The kernel cuts a longer one without a word, so give it the MTU and 18 bytes, or 65,553 where offloads may join frames, and the header.</param>
    /// <param name="timeout">How long to wait at most; zero for a look, <see cref="TimeSpan.MaxValue"/> for as long as it takes.</param>
    /// <param name="length">The length of the frame, or 0.</param>
    /// <param name="stop">Ends a wait, within 25 milliseconds.</param>
    /// <returns>False when none came in time. Nothing comes from a link that is switched off, and the wait goes on: it may be switched on again.</returns>
    /// <exception cref="Failures.MacvtapException">TapDeviceNotFound: the link is gone, which a wait notices within 25 milliseconds. TapEndpointClosed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool TryReceive(Span<byte> buffer, TimeSpan timeout, out int length, CancellationToken stop = default)
    {
        try
        {
            length = Libc.Read(Descriptor, buffer);
            return length >= 0 || ReceivePatiently(buffer, timeout, out length, stop);
        }
        catch (ObjectDisposedException)
        {
            throw EndpointFailures.Closed(_endpoint);
        }
    }

    /// <summary>The number and the link.</summary>
    public override string ToString() => $"queue {Index} of {_endpoint.Name}, descriptor {DescriptorNumber?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "closed"}";

    /// <summary>Takes a frame that is there; false when there is none, or none for now.</summary>
    internal bool TryTake(Span<byte> buffer, out int length)
    {
        length = Libc.Read(Descriptor, buffer);
        if (length >= 0) return true;
        KernelException? failure = Libc.LastError == Errno.EAGAIN ? null : KernelException.FromLastError($"read {_endpoint.Path}");
        length = 0;
        return failure is null ? false : throw _endpoint.Explain(failure, "No frame could be received");
    }

    private bool ReceivePatiently(Span<byte> buffer, TimeSpan timeout, out int length, CancellationToken stop)
    {
        if (Libc.LastError != Errno.EAGAIN)
            throw _endpoint.Explain(KernelException.FromLastError($"read {_endpoint.Path}"), "No frame could be received");
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            _endpoint.RequireLife();
            int left = TapEndpoint.NextSlice(timeout, started);
            if (left == 0)
            {
                length = 0;
                return false;
            }

            Libc.Poll(Descriptor, Libc.POLLIN, left);
            if (TryTake(buffer, out length))
                return true;
        }
    }

    private void SendPatiently(ReadOnlySpan<byte> frame)
    {
        long started = Stopwatch.GetTimestamp();
        do
        {
            KernelException failure = KernelException.FromLastError($"write {_endpoint.Path}");
            if (failure.Errno != Errno.EAGAIN)
                throw _endpoint.Explain(failure, $"A frame of {frame.Length} bytes was not taken");
            Look();
            if (Stopwatch.GetElapsedTime(started) > SendPatience)
                throw EndpointFailures.Stuck(_endpoint, failure);
            Libc.Poll(Descriptor, Libc.POLLOUT, Slice);
        }
        while (Libc.Write(Descriptor, frame) < 0);
    }

    private void Look()
    {
        _endpoint.RequireOn();
        _nextLook = Environment.TickCount64 + LookEvery;
    }
}
