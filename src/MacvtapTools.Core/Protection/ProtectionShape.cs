namespace MacvtapTools.Protection;

/// <summary>All of a program but its addresses: which rules it has, and how many addresses of each sort. Programs of one shape differ in operands only.</summary>
/// <param name="IsIncoming">It sits where frames come to the link.</param>
/// <param name="Flags">The rules.</param>
/// <param name="Sources">How many MAC addresses the guest may send from.</param>
/// <param name="Siblings">How many siblings are kept away.</param>
/// <param name="ArpAddresses">How many IPv4 addresses it may claim.</param>
/// <param name="NeighbourAddresses">How many IPv6 addresses it may claim.</param>
internal readonly record struct ProtectionShape(bool IsIncoming, ProtectionFlags Flags, int Sources, int Siblings, int ArpAddresses, int NeighbourAddresses)
{
    /// <summary>How many words of the parameters a MAC address takes: its last four bytes, its first two.</summary>
    internal const int MacWords = 2;

    /// <summary>How many words an IPv6 address takes.</summary>
    internal const int NeighbourWords = 4;

    internal int FirstSibling => Sources * MacWords;

    internal int FirstArp => FirstSibling + (Siblings * MacWords);

    internal int FirstNeighbour => FirstArp + ArpAddresses;

    internal int WordCount => FirstNeighbour + (NeighbourAddresses * NeighbourWords);

    internal bool Has(ProtectionFlags flag) => (Flags & flag) != 0;

    /// <summary>The shape of rules.</summary>
    internal static ProtectionShape Of(ProtectionRules rules, bool isIncoming) => new(
        isIncoming,
        (rules.OwnsHook ? ProtectionFlags.OwnsHook : 0) | (rules.Isolate ? ProtectionFlags.Isolate : 0) | (rules.BlockDhcpServer ? ProtectionFlags.BlockDhcpServer : 0)
            | (rules.BlockRouterAdvertisement ? ProtectionFlags.BlockRouterAdvertisement : 0),
        rules.Sources.Count,
        rules.Siblings.Count,
        rules.ArpAddresses.Count,
        rules.NeighbourAddresses.Count);

    /// <summary>The addresses of rules, word by word, in the order of the shape.</summary>
    internal static uint[] Words(ProtectionRules rules) =>
    [
        .. rules.Sources.Concat(rules.Siblings).SelectMany(a => (uint[])[(uint)a, (uint)(a >> 32)]),
        .. rules.ArpAddresses,
        .. rules.NeighbourAddresses.SelectMany(a => (uint[])[(uint)(a >> 96), (uint)(a >> 64), (uint)(a >> 32), (uint)a]),
    ];

    /// <summary>The rules of a shape with these words.</summary>
    internal ProtectionRules Rules(uint[] words)
    {
        ProtectionShape shape = this;
        return new ProtectionRules
        {
            Sources = Macs(0, Sources),
            Siblings = Macs(FirstSibling, Siblings),
            ArpAddresses = words[FirstArp..FirstNeighbour],
            NeighbourAddresses = [.. Enumerable.Range(0, NeighbourAddresses).Select(i => Address(shape.FirstNeighbour + (i * NeighbourWords)))],
            Isolate = Has(ProtectionFlags.Isolate),
            BlockDhcpServer = Has(ProtectionFlags.BlockDhcpServer),
            BlockRouterAdvertisement = Has(ProtectionFlags.BlockRouterAdvertisement),
            OwnsHook = Has(ProtectionFlags.OwnsHook),
        };

        ulong[] Macs(int first, int count) => [.. Enumerable.Range(0, count).Select(i => words[first + (i * MacWords)] | ((ulong)words[first + (i * MacWords) + 1] << 32))];

        UInt128 Address(int first) => ((UInt128)words[first] << 96) | ((UInt128)words[first + 1] << 64) | ((UInt128)words[first + 2] << 32) | words[first + 3];
    }
}
