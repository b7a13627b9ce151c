using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>From a link to its open tap device.</summary>
internal static class TapOpening
{
    /// <summary>Opens the tap device of a link.</summary>
    /// <exception cref="MacvtapException">NotMacvtapLink, and what <see cref="TapEndpoint.Open(TapDevice)"/> refuses.</exception>
    internal static TapEndpoint Open(LinkSession session, Link link, TapDeviceLocator locator)
    {
        if (link is not MacvtapLink)
        {
            throw new MacvtapException(
                FailureId.NotMacvtapLink,
                $"{link.Name} has no tap device: it is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}, not a macvtap.",
                "Get-Link -Kind macvtap lists those that have. Watch-LinkFrame watches links of any kind.",
                link);
        }

        return TapEndpoint.Open(locator.Locate(link.Name, link.InterfaceIndex, session.Sysfs, session.Reader.NetworkNamespace), session.Sysfs);
    }
}
