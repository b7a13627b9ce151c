using System.Buffers.Binary;
using MacvtapTools.Frames;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>
/// One Ethernet frame: its bytes from the destination address on, without preamble and checksum, and when and where it was seen. Nothing is decoded until a
/// property is asked for. Any bytes make a frame, also too few: what is missing is null.
/// </summary>
public sealed class EthernetFrame
{
    internal const int AddressLength = 6;
    internal const int HeaderLength = 14;
    internal const int TagLength = 4;
    private const int TypeOffset = 12;

    private readonly byte[] _bytes;
    private readonly FrameOrigin _origin;

    /// <summary>Makes a frame of bytes that nobody changes any more.</summary>
    /// <param name="bytes">The bytes; the frame keeps them.</param>
    /// <param name="originalLength">How long it was on the link, at least as long as the bytes.</param>
    /// <param name="nanoseconds">When it was seen, nanoseconds since 1970-01-01 UTC.</param>
    /// <param name="origin">Where.</param>
    /// <param name="direction">Which way it went.</param>
    internal EthernetFrame(byte[] bytes, int originalLength, long nanoseconds, FrameOrigin origin, FrameDirection direction)
    {
        _bytes = bytes;
        OriginalLength = originalLength;
        UnixTimeNanoseconds = nanoseconds;
        _origin = origin;
        Direction = direction;
    }

    /// <summary>When the frame was seen, or made; local time, to 100 nanoseconds. A packet socket has the kernel's time, a tap device that of the reading.</summary>
    public DateTime Time => DateTime.UnixEpoch.AddTicks(UnixTimeNanoseconds / 100).ToLocalTime();

    /// <summary>The same in nanoseconds since 1970-01-01 UTC.</summary>
    public long UnixTimeNanoseconds { get; }

    /// <summary>The sender's MAC address; null in a frame of fewer than 12 bytes.</summary>
    public string? Source => _bytes.Length >= 2 * AddressLength ? HardwareAddress.Format(_bytes.AsSpan(AddressLength, AddressLength)) : null;

    /// <summary>The receiver's MAC address; null in a frame of fewer than 6 bytes.</summary>
    public string? Destination => _bytes.Length >= AddressLength ? HardwareAddress.Format(_bytes.AsSpan(0, AddressLength)) : null;

    /// <summary>What the frame carries, behind the VLAN tags: "IPv4", "ARP", "0x88b5", "LLC" where a length stands in the place of a type. Null where it is cut off.</summary>
    public string? Type => TypeNumber is { } number ? EtherType.NameOf((ushort)number) : null;

    /// <summary>The number of <see cref="Type"/>, 0 to 65535; below 1536 it is a length (IEEE 802.3). Null where it is cut off.</summary>
    public int? TypeNumber => InnerTypeOffset is >= 0 and var offset ? U16(offset) : null;

    /// <summary>The VLAN tags, the outer one first. Empty where there are none.</summary>
    public IReadOnlyList<VlanTag> Vlan
    {
        get
        {
            List<VlanTag>? tags = null;
            for (int offset = TypeOffset; HasTagAt(offset); offset += TagLength) (tags ??= []).Add(new VlanTag(U16(offset), U16(offset + 2)));
            return tags ?? (IReadOnlyList<VlanTag>)[];
        }
    }

    /// <summary>The VLAN of the outer tag, 0 to 4095; null without a tag.</summary>
    public int? VlanId => HasTagAt(TypeOffset) ? U16(TypeOffset + 2) & 0xFFF : null;

    /// <summary>The priority of the outer tag, 0 to 7; null without a tag.</summary>
    public int? VlanPriority => HasTagAt(TypeOffset) ? U16(TypeOffset + 2) >> 13 : null;

    /// <summary>How many bytes there are here.</summary>
    public int Length => _bytes.Length;

    /// <summary>How many bytes the frame had on the link. More than <see cref="Length"/> where it was cut.</summary>
    public int OriginalLength { get; }

    /// <summary>What is behind addresses, tags and type; empty where nothing is. A copy.</summary>
    public byte[] Payload => InnerTypeOffset is >= 0 and var offset ? _bytes[(offset + 2)..] : [];

    /// <summary>All bytes. A copy.</summary>
    public byte[] Bytes => (byte[])_bytes.Clone();

    /// <summary>Which way the frame went over the link.</summary>
    public FrameDirection Direction { get; }

    /// <summary>The link where it was seen, by the name that it had then; null where nobody says.</summary>
    public string? LinkName => _origin.LinkName;

    /// <summary>The index of that link; null where it is not known.</summary>
    public int? InterfaceIndex => _origin.InterfaceIndex > 0 ? _origin.InterfaceIndex : null;

    /// <summary>The network namespace of that link, as it was named to the cmdlet; null for the current one.</summary>
    public string? NetworkNamespace => _origin.NetworkNamespace;

    /// <summary>What the frame says, in one line: of ARP, IPv4, IPv6, ICMP, ICMPv6, TCP and UDP; of others type and length.</summary>
    public string Summary => FrameSummary.Of(this);

    internal ReadOnlySpan<byte> Data => _bytes;

    internal FrameOrigin Origin => _origin;

    /// <summary>Where the type behind the tags stands; -1 where it is cut off.</summary>
    internal int InnerTypeOffset
    {
        get
        {
            int offset = TypeOffset;
            while (HasTagAt(offset)) offset += TagLength;
            return offset + 2 <= _bytes.Length ? offset : -1;
        }
    }

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;

    // A tag counts when it is whole: a frame that ends in the middle of one has the tag's number as its type.
    private bool HasTagAt(int offset) => offset + TagLength <= _bytes.Length && EtherType.IsTag(U16(offset));

    private ushort U16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(offset));
}
