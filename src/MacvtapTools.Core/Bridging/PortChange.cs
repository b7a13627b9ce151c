using MacvtapTools.Failures;
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
    private const int BitsOfByte = 8;
    private const int BitsOfUlong = 64;

    internal override string Property => Attribute.Property;

    /// <summary>The change, if the value fits into the attribute: cut to its width it would be another one, and the kernel would take that.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static PortChange Create(Link link, PortAttribute attribute, ulong value)
    {
        ulong most = ulong.MaxValue >> (BitsOfUlong - (attribute.Width * BitsOfByte));
        return value <= most
            ? new PortChange(link, attribute, value)
            : throw new MacvtapException(FailureId.ParameterInvalid, $"Could not set {attribute.Property} of {link.Name} to {value}: the kernel keeps it in {attribute.Width * BitsOfByte} bits.", $"At most {most}.", link);
    }

    internal override object? Wanted => Attribute.Show(Value);

    internal override object? Read(Link link) => Number(link) is { } value ? Attribute.Show(value) : null;

    internal override void Compose(RequestBuffer requests) => BridgePortCodec.ComposeSet(requests, Link.InterfaceIndex, Attribute.Number, Attribute.Width, Value);

    internal override void ComposeUndo(RequestBuffer requests)
    {
        if (Number(Link) is { } value) BridgePortCodec.ComposeSet(requests, Link.InterfaceIndex, Attribute.Number, Attribute.Width, value);
    }

    private ulong? Number(Link link) => link.Record.Port is { } port ? port[Attribute.Number] ?? (Attribute.IsAbsentZero ? 0 : null) : null;
}
