using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of the MAC address. On a passthru link the lower device's address changes with it.</summary>
internal sealed record MacAddressChange : LinkChange
{
    private readonly byte[] _address;

    internal MacAddressChange(Link link, string text)
        : base(link) => _address = MacAddressText.Parse(text);

    internal override string Property => nameof(MacvtapTools.Link.MacAddress);

    internal override object? Wanted => HardwareAddress.Format(_address);

    internal override object? Read(Link link) => link.MacAddress;

    internal override void Compose(RequestBuffer requests) => LinkRequests.SetAddress(requests, Link.InterfaceIndex, _address);

    internal override void ComposeUndo(RequestBuffer requests)
    {
        if (HardwareAddress.TryParse(Link.MacAddress, out byte[]? before)) LinkRequests.SetAddress(requests, Link.InterfaceIndex, before);
    }
}
