using System.Buffers.Binary;

namespace MacvtapTools.Frames;

/// <summary>A frame that still lies in a buffer of its source: valid until the source is asked for the next one.</summary>
internal readonly ref struct FrameView
{
    internal const int TagOffset = 2 * EthernetFrame.AddressLength;

    /// <summary>The bytes, without a VLAN tag that the kernel took out.</summary>
    internal ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>The length on the link, without that tag.</summary>
    internal int OriginalLength { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    internal long Nanoseconds { get; init; }

    internal FrameDirection Direction { get; init; }

    /// <summary>The type of the VLAN tag that the kernel took out of the bytes; 0 for none.</summary>
    internal ushort TagProtocol { get; init; }

    /// <summary>The rest of that tag.</summary>
    internal ushort TagControl { get; init; }

    /// <summary>Whether the tag belongs between the bytes: they have to reach to its place.</summary>
    internal bool HasTag => TagProtocol != 0 && Bytes.Length >= TagOffset;

    /// <summary>How long it was on the link, with the tag.</summary>
    internal int LengthOnLink => OriginalLength + (HasTag ? EthernetFrame.TagLength : 0);

    /// <summary>How many bytes <see cref="CopyTo"/> writes.</summary>
    internal int LengthHere(int most) => Math.Min(most, Bytes.Length + (HasTag ? EthernetFrame.TagLength : 0));

    /// <summary>Writes the bytes as they were on the link, the tag in its place, and stops where the target ends.</summary>
    internal void CopyTo(Span<byte> target)
    {
        if (!HasTag)
        {
            Bytes[..Math.Min(target.Length, Bytes.Length)].CopyTo(target);
            return;
        }

        Span<byte> tag = [0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(tag, TagProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(tag[2..], TagControl);
        Put(Bytes[..TagOffset], ref target);
        Put(tag, ref target);
        Put(Bytes[TagOffset..], ref target);
    }

    /// <summary>A frame of its own.</summary>
    /// <param name="origin">Where it was seen.</param>
    /// <param name="most">Where to cut it, in bytes.</param>
    internal EthernetFrame ToFrame(FrameOrigin origin, int most = int.MaxValue)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(LengthHere(most));
        CopyTo(bytes);
        return new EthernetFrame(bytes, Math.Max(LengthOnLink, bytes.Length), Nanoseconds, origin, Direction);
    }

    private static void Put(scoped ReadOnlySpan<byte> part, scoped ref Span<byte> target)
    {
        int count = Math.Min(part.Length, target.Length);
        part[..count].CopyTo(target);
        target = target[count..];
    }
}
