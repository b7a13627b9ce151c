using System.Buffers.Binary;
using MacvtapTools.Addresses;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Protection;

/// <summary>Rules as users write them.</summary>
internal static class ProtectionRequest
{
    /// <summary>In place of a MAC address: the one that the link has now.</summary>
    internal const string Own = "Own";

    private const byte LinkLocal0 = 0xfe;
    private const byte LinkLocal1 = 0x80;
    private const int IPv4Length = 4;

    /// <summary>Reads addresses; the rules that are only on or off, and the siblings, are added by the caller.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid, AddressInvalid.</exception>
    internal static ProtectionRules Parse(Link link, IEnumerable<string> sources, IEnumerable<string> claims, bool blockDhcpServer, bool blockRouterAdvertisement, IReadOnlyList<ulong>? siblings)
    {
        byte[][] addresses = [.. claims.Select(c => IPPrefix.ParseForLink(c) is { } prefix && !c.Contains('/', StringComparison.Ordinal)
            ? prefix.Bytes
            : throw new MacvtapException(FailureId.AddressInvalid, $"'{c}' is a network, and single addresses are compared.", "Write the addresses one by one, without a prefix length.", c))];
        return new ProtectionRules
        {
            Sources = [.. sources.Select(s => Source(link, s))],
            ArpAddresses = [.. addresses.Where(a => a.Length == IPv4Length).Select(a => BinaryPrimitives.ReadUInt32BigEndian(a))],
            NeighbourAddresses = [.. addresses.Where(a => a.Length != IPv4Length).Select(a => BinaryPrimitives.ReadUInt128BigEndian(a))],
            BlockDhcpServer = blockDhcpServer,
            BlockRouterAdvertisement = blockRouterAdvertisement,
            Isolate = siblings is not null,
            Siblings = siblings ?? [],
        };
    }

    /// <summary>The guest has IPv6 addresses and none of them is link-local: neighbours could not find the one that it uses on the link.</summary>
    internal static bool LacksLinkLocal(ProtectionRules rules) =>
        rules.NeighbourAddresses.Count > 0 && !rules.NeighbourAddresses.Select(ProtectionRules.Bytes).Any(a => a[0] == LinkLocal0 && (a[1] & 0xc0) == LinkLocal1);

    private static ulong Source(Link link, string text)
    {
        if (!text.Equals(Own, StringComparison.OrdinalIgnoreCase)) return ProtectionRules.MacNumber(MacAddressText.Parse(text));
        return HardwareAddress.TryParse(link.MacAddress, out byte[]? own)
            ? ProtectionRules.MacNumber(own)
            : throw new MacvtapException(FailureId.MacAddressInvalid, $"{link.Name} has no MAC address.", null, link);
    }
}
