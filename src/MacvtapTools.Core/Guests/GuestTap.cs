using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>
/// An open tap device for a guest program, or the guest's end of a relay. A tap device usually with a vnet header, which is how the kernel opens a macvtap, and what QEMU finds out by itself (net/tap.c,
/// net_init_tap: it asks TUNGETIFF, then sets the size and the send buffer).
/// </summary>
internal sealed class GuestTap : IDisposable
{
    /// <summary>The size of a vnet header where nothing else was said.</summary>
    internal const int UsualVnetHeaderSize = Libc.VnetHeaderSize;

    /// <summary>Queues of one link at most.</summary>
    internal const int MostQueues = TapEndpoint.MaximumQueueCount;

    private readonly Func<string> _macAddress;
    private readonly int _vnetHeaderSize;
    private readonly TapEndpoint? _owned;
    private readonly TapRelay? _relay;

    private GuestTap(TapEndpoint endpoint, bool isOwner)
    {
        Name = endpoint.Name;
        Device = endpoint.Device;
        Queues = [.. endpoint.Queue.Select(q => q.Descriptor)];
        _macAddress = () => QemuArguments.GuestAddress(endpoint.MacAddress, endpoint.Device is null);
        _vnetHeaderSize = endpoint.VnetHeader ? endpoint.VnetHeaderSize : 0;
        _owned = isOwner ? endpoint : null;
    }

    private GuestTap(TapRelay relay)
    {
        Name = relay.Name;
        Queues = [relay.GuestEnd()];
        _macAddress = () => QemuArguments.GuestAddress(relay.MacAddress, relay.Device is null);
        _vnetHeaderSize = relay.VnetHeaderSize;
        _relay = relay;
    }

    /// <summary>The link's name.</summary>
    internal string Name { get; }

    /// <summary>The tap device; null for a classic tap, and where a relay has it.</summary>
    internal TapDevice? Device { get; }

    /// <summary>The open descriptors, one for each queue.</summary>
    internal IReadOnlyList<SafeFileHandle> Queues { get; }

    /// <summary>An endpoint that was opened for the guest: it is closed here when the guest has it.</summary>
    internal static GuestTap Owning(TapEndpoint endpoint) => new(endpoint, isOwner: true);

    /// <summary>An endpoint that stays its owner's, and as it is set.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>: it carries IP packets. <see cref="FailureId.TapEndpointClosed"/>.</exception>
    internal static GuestTap Of(TapEndpoint endpoint)
    {
        if (endpoint.State == TapEndpointState.Closed)
            throw new MacvtapException(FailureId.TapEndpointClosed, $"{endpoint} was closed.", "Open it again, or give the link.", endpoint);
        return new GuestTap(endpoint.RequireFrames(), isOwner: false);
    }

    /// <summary>The guest's end of a relay, which the relay gives up when the guest has it.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapRelayEnded"/>, <see cref="FailureId.TapRelayBusy"/>, <see cref="FailureId.ParameterInvalid"/>: it listens at a path.</exception>
    internal static GuestTap Of(TapRelay relay) => new(relay);

    /// <summary>What placeholders stand for.</summary>
    /// <param name="first">The first descriptor that the program has for it; the others follow.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.TapDeviceNotFound"/>: the link is gone.</exception>
    internal PlaceholderValues Values(int first) => new(Name, _macAddress(), _vnetHeaderSize, [.. Enumerable.Range(first, Queues.Count)]);

    /// <summary>Told when a program runs that has it.</summary>
    /// <param name="program">The program, in a word.</param>
    internal void HandOver(string program) => _relay?.HandOver(program);

    /// <summary>Closes what was opened for the guest. A program that was started with it keeps its own.</summary>
    public void Dispose() => _owned?.Dispose();
}
