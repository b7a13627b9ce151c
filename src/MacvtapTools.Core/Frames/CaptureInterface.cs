namespace MacvtapTools.Frames;

/// <summary>An interface block of a pcapng file: where frames come from, and in what unit their times are.</summary>
internal sealed class CaptureInterface
{
    /// <summary>The resolution of time where a block names none: 10 to the minus 6.</summary>
    internal const byte Microseconds = 6;

    private const byte PowerOfTwo = 0x80;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private readonly ulong _ticksPerSecond;
    private readonly Int128 _offset;

    private CaptureInterface(string? name, int linkType, uint snapLength, ulong ticksPerSecond, long timeOffset)
    {
        Origin = new FrameOrigin(name, 0, null);
        IsEthernet = linkType == Pcapng.LinkTypeEthernet;
        SnapLength = snapLength;
        _ticksPerSecond = ticksPerSecond;
        _offset = (Int128)timeOffset * NanosecondsPerSecond;
    }

    internal FrameOrigin Origin { get; }

    internal bool IsEthernet { get; }

    /// <summary>Where frames were cut; 0 for nowhere.</summary>
    internal uint SnapLength { get; }

    /// <summary>Makes one; null where the resolution is finer than 64 bits can count (10 to the minus 19, 2 to the minus 63).</summary>
    internal static CaptureInterface? TryCreate(string? name, int linkType, uint snapLength, byte resolution, long timeOffset)
    {
        int exponent = resolution & ~PowerOfTwo;
        bool isBinary = (resolution & PowerOfTwo) != 0;
        if (exponent > (isBinary ? 63 : 19)) return null;
        ulong ticks = 1;
        for (int i = 0; i < exponent; i++) ticks *= isBinary ? 2UL : 10UL;
        return new CaptureInterface(name, linkType, snapLength, ticks, timeOffset);
    }

    /// <summary>A frame's time in nanoseconds since 1970, at the nearest end where that does not hold it.</summary>
    internal long Nanoseconds(ulong ticks)
    {
        Int128 time = _offset + (Int128)(_ticksPerSecond == NanosecondsPerSecond ? ticks : (UInt128)ticks * NanosecondsPerSecond / _ticksPerSecond);
        return (long)Int128.Clamp(time, long.MinValue, long.MaxValue);
    }
}
