using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Bridging;

/// <summary>A change of one attribute of a bridge port.</summary>
/// <param name="Link">The link that is the port.</param>
/// <param name="Attribute">Which attribute.</param>
/// <param name="Value">Its new value, as the kernel counts.</param>
internal sealed record PortChange(Link Link, PortAttribute Attribute, ulong Value) : LinkChange(Link)
{
    internal override string Property => Attribute.Property;

    internal override object? Wanted => Attribute.Show(Value);

    internal override object? Read(Link link) => link.Record.Port?[Attribute.Number] is { } value ? Attribute.Show(value) : null;

    internal override void Compose(RequestBuffer requests) => BridgePortCodec.ComposeSet(requests, Link.InterfaceIndex, Attribute.Number, Attribute.Width, Value);

    internal override void ComposeUndo(RequestBuffer requests)
    {
        // A port without a backup port reports none, and 0 takes the backup port away.
        ulong? before = Link.Record.Port?[Attribute.Number] ?? (Attribute == PortAttribute.BackupPort ? 0 : null);
        if (before is { } value) BridgePortCodec.ComposeSet(requests, Link.InterfaceIndex, Attribute.Number, Attribute.Width, value);
    }
}
