using MacvtapTools.Addresses;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>An IP address of a link as the kernel described it at one moment.</summary>
public sealed class LinkAddress
{
    private readonly AddressRecord _record;

    internal LinkAddress(Link link, AddressRecord record)
    {
        _record = record;
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        Own = record.Own ?? [];
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The address with its prefix length: 10.0.0.1/24, fd00::1/64.</summary>
    public string Address => $"{IPAddress}/{PrefixLength}";

    /// <summary>The address alone.</summary>
    public string IPAddress => IPPrefix.Text(Own);

    /// <summary>How many leading bits are the network's; where there is a peer, the peer's network's.</summary>
    public int PrefixLength => _record.PrefixLength;

    /// <summary>IPv4 or IPv6.</summary>
    public IPFamily Family => (IPFamily)_record.Family;

    /// <summary>How far the address reaches.</summary>
    public AddressScope Scope => (AddressScope)_record.Scope;

    /// <summary>Flags; Tentative means that it is not used yet, because duplicate address detection (about a second) goes on.</summary>
    public LinkAddressFlag Flags => (LinkAddressFlag)_record.Flags;

    /// <summary>The address of the other end of a point-to-point link; null where there is none.</summary>
    public string? Peer => _record.Peer is { } peer ? IPPrefix.Text(peer) : null;

    /// <summary>The IPv4 broadcast address; null where none was given.</summary>
    public string? Broadcast => _record.Whole(_record.Broadcast) is { } broadcast ? IPPrefix.Text(broadcast) : null;

    /// <summary>The IPv4 label, the link's name by default; null for IPv6.</summary>
    public string? Label => _record.Label;

    /// <summary>How long the address stays; null for ever.</summary>
    public TimeSpan? ValidLifetime => Lifetime(_record.ValidLifetime);

    /// <summary>How long new connections use it; null for ever.</summary>
    public TimeSpan? PreferredLifetime => Lifetime(_record.PreferredLifetime);

    /// <summary>The metric of the route to its network; null where the kernel chooses.</summary>
    public long? Metric => _record.Metric;

    /// <summary>The network namespace as it was named when the address was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The address as the kernel told it.</summary>
    internal AddressRecord Record => _record;

    /// <summary>The address's bytes.</summary>
    internal byte[] Own { get; }

    /// <summary>The peer's bytes, or null.</summary>
    internal byte[]? PeerBytes => _record.Peer;

    /// <summary>The address with its prefix length.</summary>
    public override string ToString() => Address;

    private static TimeSpan? Lifetime(uint seconds) => seconds == AddressCodec.Forever ? null : TimeSpan.FromSeconds(seconds);
}
