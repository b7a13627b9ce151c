using System.Buffers.Binary;

namespace MacvtapTools.Frames;

/// <summary>Which frames are wanted: by addresses and by type. Looks at the bytes, so that a frame that is not wanted costs no object.</summary>
internal sealed class FrameFilter
{
    private readonly ulong[]? _sources;
    private readonly ulong[]? _destinations;
    private readonly ushort[]? _types;
    private readonly FrameDirection _direction;

    /// <summary>Makes a filter. What is null lets every frame pass; of several values one has to fit.</summary>
    /// <param name="sources">Source addresses of 6 bytes.</param>
    /// <param name="destinations">Destination addresses of 6 bytes.</param>
    /// <param name="types">Type numbers: that behind the VLAN tags, or that of a tag.</param>
    /// <param name="direction">The direction; Unknown for both.</param>
    internal FrameFilter(IEnumerable<byte[]>? sources = null, IEnumerable<byte[]>? destinations = null, IEnumerable<ushort>? types = null, FrameDirection direction = FrameDirection.Unknown)
    {
        _sources = sources?.Select(a => Number(a)).ToArray();
        _destinations = destinations?.Select(a => Number(a)).ToArray();
        _types = types?.ToArray();
        _direction = direction;
    }

    /// <summary>Lets every frame pass.</summary>
    internal static FrameFilter Everything { get; } = new();

    /// <summary>Whether a frame is wanted.</summary>
    /// <param name="frame">Its bytes, from the destination address on.</param>
    /// <param name="direction">Which way it went.</param>
    /// <param name="strippedTag">The type of a VLAN tag that the kernel took out of the bytes; 0 for none.</param>
    internal bool Accepts(ReadOnlySpan<byte> frame, FrameDirection direction, ushort strippedTag = 0)
    {
        if (_direction != FrameDirection.Unknown && direction != FrameDirection.Unknown && direction != _direction) return false;
        if (_destinations is not null && !Contains(_destinations, frame, 0)) return false;
        if (_sources is not null && !Contains(_sources, frame, EthernetFrame.AddressLength)) return false;
        return _types is null || HasType(frame, strippedTag);
    }

    private bool HasType(ReadOnlySpan<byte> frame, ushort strippedTag)
    {
        if (strippedTag != 0 && Array.IndexOf(_types!, strippedTag) >= 0) return true;
        for (int offset = 2 * EthernetFrame.AddressLength; offset + 2 <= frame.Length; offset += EthernetFrame.TagLength)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
            if (Array.IndexOf(_types!, type) >= 0) return true;
            if (!EtherType.IsTag(type)) return false;
        }

        return false;
    }

    private static bool Contains(ulong[] wanted, ReadOnlySpan<byte> frame, int offset) =>
        frame.Length >= offset + EthernetFrame.AddressLength && Array.IndexOf(wanted, Number(frame[offset..])) >= 0;

    private static ulong Number(ReadOnlySpan<byte> address) => ((ulong)BinaryPrimitives.ReadUInt16BigEndian(address) << 32) | BinaryPrimitives.ReadUInt32BigEndian(address[2..]);
}
