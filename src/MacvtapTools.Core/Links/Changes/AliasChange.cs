using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of the alias; an empty one clears it.</summary>
internal sealed record AliasChange(Link Link, string Alias) : LinkChange(Link)
{
    internal override string Property => nameof(MacvtapTools.Link.Alias);

    internal override object? Wanted => Alias;

    internal override object? Read(Link link) => link.Alias ?? string.Empty;

    internal override void Compose(RequestBuffer requests) => LinkRequests.SetAlias(requests, Link.InterfaceIndex, Alias);

    internal override void ComposeUndo(RequestBuffer requests) => LinkRequests.SetAlias(requests, Link.InterfaceIndex, Link.Alias ?? string.Empty);
}
