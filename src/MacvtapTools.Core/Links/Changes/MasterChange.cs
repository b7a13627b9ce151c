using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of the bridge, bond or VRF that the link belongs to; null releases it.</summary>
internal sealed record MasterChange(Link Link, Link? Master) : LinkChange(Link)
{
    internal override string Property => nameof(MacvtapTools.Link.Master);

    internal override object? Wanted => Master?.Name;

    internal override object? Read(Link link) => link.Master;

    internal override bool IsMade(Link link) => link.MasterIndex == Master?.InterfaceIndex;

    internal override void Compose(RequestBuffer requests) => Set(requests, Master?.InterfaceIndex);

    internal override void ComposeUndo(RequestBuffer requests) => Set(requests, Link.MasterIndex);

    private void Set(RequestBuffer requests, int? master) => LinkRequests.SetNumber(requests, Link.InterfaceIndex, IFLA.MASTER, (uint)(master ?? 0));
}
