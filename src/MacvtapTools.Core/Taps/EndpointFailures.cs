using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Taps;

/// <summary>What can go wrong with an open tap device, in words.</summary>
internal static class EndpointFailures
{
    /// <summary>The link is gone.</summary>
    internal static MacvtapException Gone(TapEndpoint endpoint, KernelException? inner) => new(
        FailureId.TapDeviceNotFound,
        $"The link of {endpoint} is gone: the tap device sends and receives nothing any more.",
        "The link or its lower device was deleted. Close the endpoint, and open the device of another link.",
        endpoint.Target,
        inner);

    /// <summary>The link is switched off.</summary>
    internal static MacvtapException Down(TapEndpoint endpoint, KernelException? inner) => Down(endpoint.ToString(), endpoint.Name, endpoint.NetworkNamespace, endpoint.Target, inner);

    /// <summary>The link is switched off.</summary>
    /// <param name="endpoint">The endpoint, as it names itself.</param>
    /// <param name="name">The link's name.</param>
    /// <param name="networkNamespace">The link's network namespace; null for the current one.</param>
    /// <param name="target">The target of the failure.</param>
    /// <param name="inner">What the kernel said.</param>
    internal static MacvtapException Down(string endpoint, string name, string? networkNamespace, object target, KernelException? inner) => new(
        FailureId.LinkDown,
        $"The link of {endpoint} is switched off: the kernel drops what is sent.",
        $"{CommandText.For("Enable-Link", name, networkNamespace)} switches it on; the endpoint can be used again then.",
        target,
        inner);

    /// <summary>IP packets go through it, where Ethernet frames are needed.</summary>
    internal static MacvtapException NoFrames(string name, object target) => new(
        FailureId.ParameterInvalid,
        $"{name} carries no Ethernet frames: its mode is Tun.",
        "A link of mode Tun passes bare IP packets. New-TapLink -Mode Tap makes one for frames.",
        target);

    /// <summary>The endpoint was closed.</summary>
    internal static MacvtapException Closed(TapEndpoint endpoint) => new(
        FailureId.TapEndpointClosed,
        $"The tap endpoint of {endpoint} was closed.",
        "Open-TapDevice opens the device again.",
        endpoint.Target);

    /// <summary>Nobody took the frames that were sent before.</summary>
    internal static MacvtapException Stuck(TapEndpoint endpoint, KernelException inner) => new(
        FailureId.TapDeviceTimeout,
        $"{endpoint} takes no more frames: those sent before were not received.",
        "Let the other side read, or close it.",
        endpoint.Target,
        inner);

    /// <summary>A frame that cannot be one.</summary>
    internal static MacvtapException TooShort(TapEndpoint endpoint, int length) => TooShort(endpoint.ToString(), endpoint.Mode, endpoint.HeaderLength, endpoint.Target, length);

    /// <summary>A frame that cannot be one.</summary>
    /// <param name="endpoint">The endpoint, as it names itself.</param>
    /// <param name="mode">What it carries.</param>
    /// <param name="header">How many bytes stand before a frame.</param>
    /// <param name="target">The target of the failure.</param>
    /// <param name="length">How long it is.</param>
    internal static MacvtapException TooShort(string endpoint, TapMode mode, int header, object target, int length)
    {
        string what = mode == TapMode.Tun ? "A packet has at least one byte" : $"An Ethernet frame begins with two addresses and a type: {TapEndpoint.ShortestFrame} bytes";
        string before = header > 0 ? $", and this endpoint has a header of {header} bytes before it" : string.Empty;
        return new MacvtapException(FailureId.ParameterInvalid, $"A frame of {length} bytes is too short ({endpoint}).", $"{what}{before}.", target);
    }

    /// <summary>The kernel did not take a frame, or gave none.</summary>
    internal static MacvtapException Refused(TapEndpoint endpoint, string what, KernelException failure) => new(
        failure.Errno is Errno.EINVAL or Errno.EMSGSIZE or Errno.EFAULT ? FailureId.ParameterInvalid : FailureId.KernelError,
        $"{what} ({endpoint}).",
        failure.Errno == Errno.EINVAL && endpoint.HeaderLength > 0
            ? $"Each frame has a header of {endpoint.HeaderLength} bytes before it, and the kernel checks what a vnet header promises against the frame."
            : null,
        endpoint.Target,
        failure);

    /// <summary>A vnet header of a size that there is not.</summary>
    internal static MacvtapException HeaderSize(object target, int size, KernelException? inner = null) => new(
        FailureId.VnetHeaderSizeInvalid,
        $"A vnet header has no {size} bytes.",
        $"It has {Libc.VnetHeaderSize} bytes, or {Libc.LargeVnetHeaderSize} with the number of buffers behind.",
        target,
        inner);

    /// <summary>Something of the vnet header where there is none.</summary>
    internal static MacvtapException NoVnetHeader(FailureId id, object target, string what) => new(
        id,
        $"{what} needs a vnet header, and none was asked for.",
        "Open the device with -VnetHeader: the header says what is still to be done with a frame.",
        target);

    /// <summary>Offloads that depend on one that is missing, or that the kernel does not know.</summary>
    internal static MacvtapException Offload(object target, TapOffload offload, KernelException? inner = null) => new(
        FailureId.ParameterInvalid,
        inner is null ? $"The offloads '{offload}' cannot be without Checksum{(offload.HasFlag(TapOffload.TsoEcn) ? ", and TsoEcn not without Tso4 or Tso6" : string.Empty)}." : $"This kernel does not know one of the offloads '{offload}'.",
        inner is null ? "Add Checksum: a frame that is still to be divided has no checksum yet." : "Leave Uso and Ufo out: they came late.",
        target,
        inner);

    /// <summary>More or fewer queues than there can be.</summary>
    internal static MacvtapException QueueCount(object target, int count) => new(
        FailureId.ParameterInvalid,
        $"A tap device cannot be opened with {count} queues.",
        "A link has 1 to 256 queues, those of other openers included.",
        target);
}
