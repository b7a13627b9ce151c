using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that gives tap devices to guests.</summary>
public abstract class GuestCmdlet : KernelCmdlet
{
    private readonly TapDeviceLocator _locator = new();

    /// <summary>The link of a tap device, as it is now, in the network namespace that the object came from.</summary>
    private protected (LinkSession Session, Link Link) FindLink(LinkReference reference)
    {
        LinkSession session = Session(reference);
        Link link = LinkSelection.ByReference(session.Reader, reference, FailureId.LinkNotFound);
        return link is MacvtapLink or TapLink { Mode: TapMode.Tap } ? (session, link) : throw NotForGuests(link);
    }

    /// <summary>Opens a tap device for a guest.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="queueCount">How many queues.</param>
    /// <param name="vnetHeaderSize">0 for no vnet header, else its size.</param>
    private protected GuestTap OpenTap(TapReference reference, int queueCount, int vnetHeaderSize)
    {
        if (reference.Relay is { } relay)
            return GuestTap.Of(relay);
        if (reference.Endpoint is { } endpoint)
            return GuestTap.Of(endpoint);
        return GuestTap.Owning(OpenEndpoint(reference, Options(queueCount, vnetHeaderSize)));
    }

    /// <summary>Checks that a tap device could be opened for a guest, and opens nothing.</summary>
    private protected Verdict CheckTap(TapReference reference, int queueCount, int vnetHeaderSize)
    {
        if (reference.Relay is { } relay) return Verdict.Unless(() => GuestTap.Of(relay).Dispose());
        if (reference.Endpoint is { } endpoint) return Verdict.Unless(() => GuestTap.Of(endpoint).Dispose());
        return CheckEndpoint(reference, Options(queueCount, vnetHeaderSize));
    }

    /// <summary>Checks that a tap device could be opened, and opens nothing.</summary>
    private protected Verdict CheckEndpoint(TapReference reference, TapEndpointOptions options) => Target(reference).Check(options);

    /// <summary>Opens a tap device that is not open yet.</summary>
    private protected TapEndpoint OpenEndpoint(TapReference reference, TapEndpointOptions options) => Target(reference).Open(options);

    /// <summary>Refuses a relay where a program needs the tap device itself.</summary>
    private protected static void RequireDevice(TapReference reference, string program)
    {
        if (reference.Relay is not { } relay) return;
        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"{program} cannot use a relay: it needs the tap device itself.",
            $"Give the link {relay.Name}. A relay is for programs such as User-mode Linux, which exchange frames by a socket (SOCK_SEQPACKET).",
            relay);
    }

    private TapTarget Target(TapReference reference)
    {
        if (reference.Device is { } device)
        {
            TapTarget target = TapTarget.Of(Session(device.NetworkNamespace), device);
            return target.Classic is { Mode: TapMode.Tun } tun ? throw NotForGuests(tun) : target;
        }

        (LinkSession session, Link link) = FindLink(reference.Link);
        return TapTarget.Of(session, link, _locator);
    }

    private static MacvtapException NotForGuests(Link link) => new(
        FailureId.NotMacvtapLink,
        $"{link.Name} has no tap device for a guest: it is {(link is TapLink ? "a tun link, for IP packets" : link.Kind is { } kind ? $"of kind {kind}" : "a device")}.",
        "A macvtap (New-MacvtapLink) or a classic tap (New-TapLink) has one.",
        link);

    private static TapEndpointOptions Options(int queueCount, int vnetHeaderSize) => new()
    {
        QueueCount = queueCount,
        VnetHeader = vnetHeaderSize > 0,
        VnetHeaderSize = vnetHeaderSize > 0 ? vnetHeaderSize : GuestTap.UsualVnetHeaderSize,
    };
}
