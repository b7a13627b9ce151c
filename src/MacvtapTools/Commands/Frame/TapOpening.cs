using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>From a link to its open tap device.</summary>
internal static class TapOpening
{
    /// <summary>Opens the tap device of a link.</summary>
    /// <exception cref="MacvtapException">NotMacvtapLink, ParameterInvalid (mode Tun), and what <see cref="TapEndpoint.Open(TapDevice)"/> refuses.</exception>
    internal static TapEndpoint Open(LinkSession session, Link link, TapDeviceLocator locator)
    {
        if (link is TapLink classic) return TapEndpoint.Open(RequireFrames(classic), new TapEndpointOptions(), session.Namespace, session.Sysfs);
        return TapEndpoint.Open(Locate(session, link, locator), new TapEndpointOptions(), session.Sysfs);
    }

    /// <summary>Checks that the tap device of a link could be opened, and opens nothing.</summary>
    /// <exception cref="MacvtapException">As for opening.</exception>
    internal static Verdict Check(LinkSession session, Link link, TapDeviceLocator locator) => link is TapLink classic
        ? TapPreflight.CheckOpen(RequireFrames(classic), new TapEndpointOptions(), session)
        : TapPreflight.CheckOpen(Locate(session, link, locator), new TapEndpointOptions(), session.Sysfs);

    /// <summary>The node that would be opened.</summary>
    internal static string PathOf(LinkSession session, Link link, TapDeviceLocator locator) => link is TapLink ? TunNode.Path : Locate(session, link, locator).Path;

    private static TapDevice Locate(LinkSession session, Link link, TapDeviceLocator locator)
    {
        if (link is MacvtapLink) return locator.Locate(link.Name, link.InterfaceIndex, session.Sysfs, session.Reader.NetworkNamespace);
        throw new MacvtapException(
            FailureId.NotMacvtapLink,
            $"{link.Name} has no tap device: it is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}, not a macvtap or tap.",
            $"Get-Link -Kind macvtap{CommandText.Place(link.NetworkNamespace)} and Get-Link -Kind tun{CommandText.Place(link.NetworkNamespace)} list those that have. Watch-LinkFrame watches links of any kind.",
            link);
    }

    /// <summary>An endpoint through which Ethernet frames go.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid: IP packets do.</exception>
    internal static TapEndpoint RequireFrames(TapEndpoint endpoint) => endpoint.Mode == TapMode.Tap ? endpoint : throw NoFrames(endpoint.Name, endpoint);

    private static TapLink RequireFrames(TapLink link) => link.Mode == TapMode.Tap ? link : throw NoFrames(link.Name, link);

    private static MacvtapException NoFrames(string name, object target) =>
        new(FailureId.ParameterInvalid, $"{name} carries no Ethernet frames: its mode is Tun.", "A link of mode Tun passes bare IP packets. New-TapLink -Mode Tap makes one for frames.", target);
}
