namespace MacvtapTools.Tour.Frames;

/// <summary>An Ethernet frame that no other is taken for: of the type that IEEE 802 keeps for experiments, with a random payload.</summary>
internal sealed class TestFrame
{
    private const int AddressLength = 6;
    private const int HeaderLength = 14;
    private const int Length = 60; // the shortest on a cable, without its check sequence

    private static readonly byte[] Everybody = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    internal TestFrame(byte[] from, byte[] to, FrameKind kind)
    {
        Bytes = new byte[Length];
        (kind == FrameKind.Broadcast ? Everybody : to).CopyTo(Bytes, 0);
        from.CopyTo(Bytes, AddressLength);
        Bytes[HeaderLength - 2] = 0x88;
        Bytes[HeaderLength - 1] = 0xB5;
        Guid.NewGuid().ToByteArray().CopyTo(Bytes, HeaderLength);
    }

    internal byte[] Bytes { get; }

    internal bool Is(ReadOnlySpan<byte> received) => received.SequenceEqual(Bytes);
}
