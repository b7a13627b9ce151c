namespace MacvtapTools.Protection;

/// <summary>The operands of the first four instructions of a program of ours: what it is, its version, its rules, and how many addresses it holds.</summary>
internal static class ProtectionHeader
{
    /// <summary>How many instructions it takes.</summary>
    internal const int Length = 4;

    /// <summary>"MvTp". It is also the class that our filters carry, since the kernel keeps no name of a classic program.</summary>
    internal const uint Mark = 0x4d76_5470;

    private const uint Version = 1;
    private const int VersionShift = 24;
    private const int IncomingBit = 1 << 16;
    private const int CountShift = 16;

    internal static uint[] Write(ProtectionShape shape) =>
    [
        Mark,
        (Version << VersionShift) | (shape.IsIncoming ? IncomingBit : 0u) | (uint)shape.Flags,
        ((uint)shape.Sources << CountShift) | (uint)shape.Siblings,
        ((uint)shape.ArpAddresses << CountShift) | (uint)shape.NeighbourAddresses,
    ];

    /// <summary>The shape that the words tell; null where they are not ours, of another version, or cannot be.</summary>
    internal static ProtectionShape? Read(ReadOnlySpan<uint> words)
    {
        if (words.Length < Length || words[0] != Mark) return null;
        var flags = (ProtectionFlags)(words[1] & 0xffff);
        bool isIncoming = (words[1] & IncomingBit) != 0;
        if (words[1] != ((Version << VersionShift) | (isIncoming ? IncomingBit : 0u) | (uint)flags) || (flags & ~ProtectionFlags.All) != 0) return null;
        return new ProtectionShape(isIncoming, flags, (int)(words[2] >> CountShift), (int)(words[2] & 0xffff), (int)(words[3] >> CountShift), (int)(words[3] & 0xffff));
    }
}
