using System.Diagnostics;
using System.Runtime.InteropServices;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools;

/// <summary>
/// An open tap device of a macvtap: where a virtual machine would sit. It sends and receives whole Ethernet frames, without a header before them, in the link's
/// name, and lives on when the link's mode or MAC address is changed. Safe for one sender and one receiver at a time.
/// </summary>
/// <remarks>
/// Each endpoint is one more queue of the link (at most 256): two on one link share its frames by flow. Frames that came before it was opened are lost; as many
/// as the link's transmit queue length wait for the reader, the rest is dropped (drivers/net/tap.c, tap_handle_frame).
/// </remarks>
public sealed class TapEndpoint : IDisposable
{
    /// <summary>The shortest frame: two addresses and a type, 14 bytes (drivers/net/tap.c, tap_get_user: ETH_HLEN).</summary>
    public const int ShortestFrame = 14;

    private const int MacAddressLength = 6;
    private const int LargestSendBuffer = 0x7FFFFFFF;

    // A link that goes away does not wake poll(2), so the wait is cut. It also bounds how late a stop is noticed.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(1);

    private TapEndpoint(TapDevice device, SafeFileHandle descriptor)
    {
        Device = device;
        Descriptor = descriptor;
    }

    /// <summary>The tap device, as it was when it was opened.</summary>
    public TapDevice Device { get; }

    /// <summary>The open descriptor, non-blocking and close-on-exec; closed with the endpoint.</summary>
    public SafeFileHandle Descriptor { get; }

    /// <summary>The link's MAC address now, such as "52:54:00:12:34:56" (SIOCGIFHWADDR on the descriptor).</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapDeviceNotFound"/>: the link is gone.</exception>
    public string MacAddress
    {
        get
        {
            Span<byte> request = stackalloc byte[Libc.InterfaceRequestSize];
            Control(Libc.SIOCGIFHWADDR, request, nameof(Libc.SIOCGIFHWADDR));
            const int Family = sizeof(ushort);
            string digits = Convert.ToHexString(request.Slice(Libc.InterfaceRequestValue + Family, MacAddressLength));
#pragma warning disable CA1308 // The module's spelling of MAC addresses is lower case.
            return string.Join(':', digits.Chunk(2).Select(pair => new string(pair))).ToLowerInvariant();
#pragma warning restore CA1308
        }
    }

    /// <summary>Opens a tap device, after its node was proved to be that device; nothing else is ever opened.</summary>
    /// <param name="device">The tap device, as Get-TapDevice gave it.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.TapDeviceShadowed"/>, <see cref="FailureId.TapDeviceMismatch"/>, <see cref="FailureId.TapDeviceNotFound"/> (no node, or the link is
    /// gone), <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.LinkBusy"/> (256 are open); <see cref="FailureId.NetworkNamespaceNotFound"/>.
    /// </exception>
    public static TapEndpoint Open(TapDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using NamespaceHandle place = NamespaceResolver.Open(device.NetworkNamespace);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(place);
        return Open(device, sysfs);
    }

    /// <summary>Opens a tap device for a caller that has the sysfs of its namespace.</summary>
    /// <param name="device">The tap device.</param>
    /// <param name="sysfs">The sysfs of the link's own namespace.</param>
    internal static TapEndpoint Open(TapDevice device, NamespaceSysfs sysfs)
    {
        TapEndpoint endpoint = new(device, TapNode.OpenVerified(device, sysfs));
        try
        {
            endpoint.Prepare();
            return endpoint;
        }
        catch
        {
            endpoint.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sends one frame as the link's guest. It has been handed to the kernel then, and no more: a link that is down drops it without a word
    /// (drivers/net/tap.c, tap_get_user, counts every frame as written), and nobody tells what became of it on the wire.
    /// </summary>
    /// <param name="frame">Destination, source, type and payload: 14 bytes or more. The kernel does not compare it to the MTU.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.TapDeviceNotFound"/>: the link is gone; <see cref="FailureId.ParameterInvalid"/>: the frame is too short, or longer than the kernel
    /// takes; <see cref="FailureId.TapDeviceTimeout"/>: it was not taken within a second, since too many wait to be received.
    /// </exception>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < ShortestFrame)
            throw Refused($"A frame of {frame.Length} bytes is too short", $"An Ethernet frame begins with two addresses and a type: {ShortestFrame} bytes.", null);
        long started = Stopwatch.GetTimestamp();
        while (Libc.Write(Descriptor, frame) < 0)
        {
            KernelException failure = KernelException.FromLastError($"write {Device.Path}");
            if (failure.Errno != Errno.EAGAIN)
                throw Refused($"A frame of {frame.Length} bytes was not taken", null, failure);
            RequireLink();
            if (Stopwatch.GetElapsedTime(started) > SendPatience)
            {
                throw new MacvtapException(
                    FailureId.TapDeviceTimeout,
                    $"{Device.Path} takes no more frames: those sent before were not received.",
                    "Let the other side read, or close it.",
                    Device,
                    failure);
            }

            Libc.Poll(Descriptor, Libc.POLLOUT, (int)Slice.TotalMilliseconds);
        }

        // A descriptor whose link is gone swallows frames too. Alive now means alive when it was written.
        RequireLink();
    }

    /// <summary>Receives the next frame.</summary>
    /// <param name="buffer">Takes the frame from its first byte. The kernel cuts a longer one without a word, so give it the MTU and 18 bytes, or 65,553 where offloads may join frames.</param>
    /// <param name="timeout">How long to wait at most; zero for a look.</param>
    /// <param name="length">The length of the frame, or 0.</param>
    /// <returns>False when none came in time.</returns>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapDeviceNotFound"/>: the link is gone, which is noticed within 50 milliseconds.</exception>
    public bool TryReceive(Span<byte> buffer, TimeSpan timeout, out int length)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            length = Libc.Read(Descriptor, buffer);
            if (length >= 0)
                return true;
            KernelException failure = KernelException.FromLastError($"read {Device.Path}");
            length = 0;
            if (failure.Errno != Errno.EAGAIN)
                throw Refused("No frame could be received", null, failure);
            RequireLink();
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return false;
            Libc.Poll(Descriptor, Libc.POLLIN, (int)Math.Ceiling((left < Slice ? left : Slice).TotalMilliseconds));
        }
    }

    /// <summary>Closes the device. The kernel waits for a grace period then, 8 to 24 milliseconds.</summary>
    public void Dispose() => Descriptor.Dispose();

    /// <summary>The path and the link.</summary>
    public override string ToString() => $"{Device.Path} ({Device.Name})";

    private unsafe void Prepare()
    {
        // New descriptors have a virtio header before each frame (IFF_VNET_HDR).
        Span<byte> request = stackalloc byte[Libc.InterfaceRequestSize];
        request.Clear();
        ushort flags = Libc.IFF_TAP | Libc.IFF_NO_PI;
        MemoryMarshal.Write(request[Libc.InterfaceRequestValue..], in flags);
        Control(Libc.TUNSETIFF, request, nameof(Libc.TUNSETIFF));

        // Frames that wait unread at a bridge-mode sibling are charged to the sender: with the default of 212,992 bytes, 256 small ones stop it.
        int size = LargestSendBuffer;
        Control(Libc.TUNSETSNDBUF, MemoryMarshal.AsBytes(new Span<int>(ref size)), nameof(Libc.TUNSETSNDBUF));
    }

    /// <summary>TUNGETIFF is the only call that tells: reads, writes and poll(2) go on as if nothing had happened.</summary>
    private void RequireLink()
    {
        Span<byte> request = stackalloc byte[Libc.InterfaceRequestSize];
        Control(Libc.TUNGETIFF, request, nameof(Libc.TUNGETIFF));
    }

    private unsafe void Control(nuint number, Span<byte> argument, string name)
    {
        fixed (byte* start = argument)
        {
            if (Libc.Control(Descriptor, number, (nint)start) >= 0)
                return;
        }

        KernelException failure = KernelException.FromLastError($"{name} {Device.Path}");
        throw failure.Errno is Errno.ENOLINK or Errno.ENODEV ? TapFailures.Gone(Device, failure) : Refused($"The kernel refused {name}", null, failure);
    }

    private MacvtapException Refused(string what, string? advice, KernelException? failure) => new(
        failure is null or { Errno: Errno.EINVAL or Errno.EMSGSIZE } ? FailureId.ParameterInvalid : FailureId.KernelError,
        $"{what} ({Device.Path}, link {Device.Name}).",
        advice,
        Device,
        failure);
}
