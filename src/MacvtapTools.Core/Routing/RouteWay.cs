namespace MacvtapTools.Routing;

/// <summary>One way of a route, as a user wishes it.</summary>
/// <param name="Link">The link that packets leave by.</param>
/// <param name="Gateway">The next router; null or empty where the destination is on the link.</param>
/// <param name="Weight">This way's share among the ways, 1 to 256.</param>
/// <param name="OnLink">The gateway counts as reachable.</param>
internal readonly record struct RouteWay(Link Link, string? Gateway, int Weight = 1, bool OnLink = false);
