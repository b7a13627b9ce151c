using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>
/// The tap device of a link, to be opened, or only to be checked. A macvtap's is opened at the node that the locator chose, which can be one that Repair-TapDevice made; a
/// classic link has no node of its own and is attached by its name.
/// </summary>
internal sealed class TapTarget
{
    private readonly LinkSession _session;
    private readonly TapDevice? _device;
    private readonly TapLink? _classic;

    private TapTarget(LinkSession session, TapDevice? device, TapLink? classic)
    {
        _session = session;
        _device = device;
        _classic = classic;
    }

    /// <summary>The tap device of a link.</summary>
    /// <exception cref="MacvtapException">NotMacvtapLink, TapDeviceNotFound.</exception>
    internal static TapTarget Of(LinkSession session, Link link, TapDeviceLocator locator) =>
        link is TapLink classic ? new(session, null, classic) : new(session, locator.Locate(session, link), null);

    /// <summary>A tap device, as Get-TapDevice gave it.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="device">The tap device.</param>
    internal static TapTarget Of(LinkSession session, TapDevice device) => new(
        session,
        device,
        device.Kind != TapDeviceKind.Macvtap && session.Reader.Find(device.InterfaceIndex) is TapLink classic && classic.Name == device.Name ? classic : null);

    /// <summary>The classic link, where it is one.</summary>
    internal TapLink? Classic => _classic;

    /// <summary>The node that is opened.</summary>
    internal string Path => _classic is null ? _device!.Path : TunNode.Path;

    /// <summary>The link as it is now; null where it is gone.</summary>
    internal Link? Link => _classic ?? _session.Reader.Find(_device!.InterfaceIndex);

    /// <summary>Requires that Ethernet frames go through it.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid: IP packets do.</exception>
    internal TapTarget RequireFrames() => _classic is { Mode: TapMode.Tun } tun ? throw EndpointFailures.NoFrames(tun.Name, tun) : this;

    /// <summary>Opens it.</summary>
    /// <exception cref="MacvtapException">As <see cref="TapEndpoint.Open(TapDevice, TapEndpointOptions)"/>.</exception>
    internal TapEndpoint Open(TapEndpointOptions options) => _classic is null
        ? TapEndpoint.Open(_device!, options, _session.Sysfs)
        : TapEndpoint.Open(_classic, options, _session.Namespace, _session.Sysfs);

    /// <summary>Checks that it could be opened, and opens nothing.</summary>
    /// <exception cref="MacvtapException">As for opening.</exception>
    internal Verdict Check(TapEndpointOptions options) => _classic is null
        ? TapPreflight.CheckOpen(_device!, options, _session.Sysfs)
        : TapPreflight.CheckOpen(_classic, options, _session);
}
