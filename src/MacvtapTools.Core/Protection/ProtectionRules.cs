using System.Buffers.Binary;
using MacvtapTools.Addresses;
using MacvtapTools.Route;

namespace MacvtapTools.Protection;

/// <summary>What is let through on a link, in numbers. Lists are sets: sorted, without doubles, so that the same rules always make the same program.</summary>
internal sealed record ProtectionRules
{
    private const int AddressBits = 48;

    /// <summary>The guest may send from these MAC addresses only; empty for any.</summary>
    internal IReadOnlyList<ulong> Sources { get; init => field = Set(value); } = [];

    /// <summary>Nothing goes to, and nothing comes from, the <see cref="Siblings"/>.</summary>
    internal bool Isolate { get; init; }

    /// <summary>The MAC addresses of the other links of the lower device, as they were when the program was made.</summary>
    internal IReadOnlyList<ulong> Siblings { get; init => field = Set(value); } = [];

    internal bool BlockDhcpServer { get; init; }

    internal bool BlockRouterAdvertisement { get; init; }

    /// <summary>The IPv4 addresses that the guest may claim by ARP; empty for any.</summary>
    internal IReadOnlyList<uint> ArpAddresses { get; init => field = Set(value); } = [];

    /// <summary>The IPv6 addresses that the guest may claim by neighbour discovery; empty for any.</summary>
    internal IReadOnlyList<UInt128> NeighbourAddresses { get; init => field = Set(value); } = [];

    /// <summary>The hook was not there before: it goes with the protection.</summary>
    internal bool OwnsHook { get; init; }

    /// <summary>Nothing is forbidden.</summary>
    internal bool IsEmpty => Sources.Count == 0 && !Isolate && !BlockDhcpServer && !BlockRouterAdvertisement && ArpAddresses.Count == 0 && NeighbourAddresses.Count == 0;

    /// <summary>The part of it that is done where frames come to the link.</summary>
    internal ProtectionRules Incoming => new() { Isolate = true, Siblings = Siblings };

    internal ProtectionRules WithHook(bool ownsHook) => this with { OwnsHook = ownsHook };

    /// <summary>The parameters of Protect-Link that say these rules.</summary>
    internal string Parameters()
    {
        string[] claims = [.. ArpAddresses.Select(a => IPPrefix.Text(Bytes(a))), .. NeighbourAddresses.Select(a => IPPrefix.Text(Bytes(a)))];
        string?[] parameters =
        [
            Sources.Count > 0 ? $"-AllowSourceAddress {string.Join(", ", Sources.Select(MacText))}" : null,
            Isolate ? "-Isolate" : null,
            BlockDhcpServer ? "-BlockDhcpServer" : null,
            BlockRouterAdvertisement ? "-BlockRouterAdvertisement" : null,
            claims.Length > 0 ? $"-AllowArpFor {string.Join(", ", claims)}" : null,
        ];
        return string.Join(' ', parameters.OfType<string>());
    }

    /// <summary>A MAC address as a number.</summary>
    internal static ulong MacNumber(ReadOnlySpan<byte> address) => ((ulong)BinaryPrimitives.ReadUInt16BigEndian(address) << 32) | BinaryPrimitives.ReadUInt32BigEndian(address[2..]);

    /// <summary>The text of a number.</summary>
    internal static string MacText(ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return HardwareAddress.Format(bytes[(sizeof(ulong) - (AddressBits / 8))..])!;
    }

    /// <summary>The bytes of an IPv4 address.</summary>
    internal static byte[] Bytes(uint address)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
        return bytes;
    }

    /// <summary>The bytes of an IPv6 address.</summary>
    internal static byte[] Bytes(UInt128 address)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return bytes;
    }

    private static T[] Set<T>(IReadOnlyList<T> values) => [.. values.Distinct().Order()];
}
