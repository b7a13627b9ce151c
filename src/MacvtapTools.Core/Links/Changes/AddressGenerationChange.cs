using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of how the host makes IPv6 addresses on the link.</summary>
internal sealed record AddressGenerationChange(Link Link, AddressGeneration Mode) : LinkChange(Link)
{
    internal override string Property => nameof(MacvtapTools.Link.AddressGeneration);

    internal override object? Wanted => Mode;

    internal override object? Read(Link link) => link.AddressGeneration;

    internal override void Compose(RequestBuffer requests) => LinkRequests.SetAddressGeneration(requests, Link.InterfaceIndex, Mode);

    internal override void ComposeUndo(RequestBuffer requests)
    {
        if (Link.AddressGeneration is { } before) LinkRequests.SetAddressGeneration(requests, Link.InterfaceIndex, before);
    }
}
