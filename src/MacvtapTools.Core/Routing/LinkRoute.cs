using MacvtapTools.Addresses;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A route as the kernel described it at one moment. One that goes several ways gives an object for each way.</summary>
public sealed class LinkRoute
{
    private readonly NextHop _hop;

    internal LinkRoute(RouteRecord record, NextHop hop, string? name, string? networkNamespace)
    {
        Record = record;
        _hop = hop;
        Name = name;
        NetworkNamespace = networkNamespace;
    }

    /// <summary>The name of the link that packets leave by; null for a route that drops them.</summary>
    public string? Name { get; }

    /// <summary>The link's interface index; null where there is none.</summary>
    public int? InterfaceIndex => _hop.Index > 0 ? _hop.Index : null;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int? IfIndex => InterfaceIndex;

    /// <summary>The network that the route leads to; 0.0.0.0/0 or ::/0 for the default route.</summary>
    public string Destination => new IPPrefix(DestinationBytes, Record.PrefixLength).ToString();

    /// <summary>The next router; null where the destination is on the link itself. An IPv4 route may have an IPv6 gateway.</summary>
    public string? Gateway => _hop.Gateway is { Length: 4 or 16 } gateway ? IPPrefix.Text(gateway) : null;

    /// <summary>Among routes to the same destination the least one is taken. IPv4 has 0 where none was given, IPv6 1024.</summary>
    public long Metric => Record.Metric ?? 0;

    /// <summary>The routing table: 254 is main, 255 local.</summary>
    public long Table => Record.Table;

    /// <summary>The source address that this host takes for packets to there; null where the kernel chooses.</summary>
    public string? PreferredSource => Record.PreferredSource is { Length: 4 or 16 } source ? IPPrefix.Text(source) : null;

    /// <summary>IPv4 or IPv6.</summary>
    public IPFamily Family => (IPFamily)Record.Family;

    /// <summary>How far the destination is.</summary>
    public AddressScope Scope => (AddressScope)Record.Scope;

    /// <summary>What the route does with a packet.</summary>
    public RouteType Type => (RouteType)Record.Type;

    /// <summary>Who made it.</summary>
    public RouteProtocol Protocol => (RouteProtocol)Record.Protocol;

    /// <summary>The gateway counts as reachable on the link, whatever the addresses of the link say.</summary>
    public bool OnLink => (_hop.Flags & RouteCodec.RTNH_F_ONLINK) != 0;

    /// <summary>This way's share among the ways of the route, from 1.</summary>
    public int Weight => _hop.Weight;

    /// <summary>How many ways the route has.</summary>
    public int NextHopCount => Record.NextHops.Count;

    /// <summary>The nexthop object that the ways come from (<c>ip nexthop</c>), which other routes can have too; null where the route has ways of its own.</summary>
    public long? NextHopId => Record.NextHopId;

    /// <summary>The network namespace as it was named when the route was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    internal RouteRecord Record { get; }

    /// <summary>The destination's bytes; the default route has zeroes.</summary>
    internal byte[] DestinationBytes => Record.Destination is { Length: 4 or 16 } bytes ? bytes : new byte[Family == IPFamily.IPv4 ? 4 : 16];

    /// <summary>The gateway's bytes, or null.</summary>
    internal byte[]? GatewayBytes => _hop.Gateway;

    /// <summary>The destination and the way.</summary>
    public override string ToString() => $"{Destination}{(Gateway is { } gateway ? $" via {gateway}" : string.Empty)}{(Name is { } name ? $" dev {name}" : string.Empty)}";
}
