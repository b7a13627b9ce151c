using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of protodown: software above holds the link down.</summary>
internal sealed record ProtocolDownChange(Link Link, bool Value) : LinkChange(Link)
{
    internal override string Property => nameof(MacvtapTools.Link.ProtocolDown);

    internal override object? Wanted => Value;

    internal override object? Read(Link link) => link.ProtocolDown;

    internal override void Compose(RequestBuffer requests) => LinkRequests.SetByte(requests, Link.InterfaceIndex, IFLA.PROTO_DOWN, Value ? (byte)1 : (byte)0);

    internal override void ComposeUndo(RequestBuffer requests) => LinkRequests.SetByte(requests, Link.InterfaceIndex, IFLA.PROTO_DOWN, Link.ProtocolDown == true ? (byte)1 : (byte)0);
}
