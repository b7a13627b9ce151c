using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Bridging;

/// <summary>
/// A change of the bridge, bond or VRF that the link belongs to; null releases it. A port that is put back gets its settings back with its bridge, for the kernel gives
/// each new port the usual ones.
/// </summary>
internal sealed record MasterChange(Link Link, Link? Master) : LinkChange(Link)
{
    internal override string Property => nameof(MacvtapTools.Link.Master);

    internal override object? Wanted => Master?.Name;

    /// <summary>do_set_master in net/core/rtnetlink.c: the link leaves the master that it has, and then the new one is asked.</summary>
    internal override bool MayActRefused => Link.MasterIndex is not null;

    internal override object? Read(Link link) => link.Master;

    internal override bool IsMade(Link link) => link.MasterIndex == Master?.InterfaceIndex;

    internal override bool IsTakenBack(Link link) => link.MasterIndex == Link.MasterIndex && !Lost(link).Any();

    internal override void Compose(RequestBuffer requests) => Set(requests, Master?.InterfaceIndex);

    internal override void ComposeUndo(RequestBuffer requests) => Set(requests, Link.MasterIndex);

    internal override void ComposeRest(RequestBuffer requests, Link link)
    {
        foreach (PortChange change in Lost(link)) change.ComposeUndo(requests);
    }

    /// <summary>The settings of the port as it was that the port as it is has not.</summary>
    private IEnumerable<PortChange> Lost(Link now)
    {
        if (Link.MasterIndex is null || now.MasterIndex != Link.MasterIndex) return [];
        return PortAttribute.All.Select(a => new PortChange(Link, a, 0)).Where(c => c.Read(Link) is { } before && !before.Equals(c.Read(now)) && (c.Attribute != PortAttribute.State || IsSwitchedOff(Link)));
    }

    /// <summary>The other states are the bridge's to give; a port that does not work is disabled by itself.</summary>
    private static bool IsSwitchedOff(Link port) =>
        port.AdministrativeStatus == AdministrativeStatus.Up && port.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && BridgePortClient.AsPort(port)?.State == BridgePortState.Disabled;

    private void Set(RequestBuffer requests, int? master) => LinkRequests.SetNumber(requests, Link.InterfaceIndex, IFLA.MASTER, (uint)(master ?? 0));
}
