using System.Buffers.Binary;
using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Frames;

/// <summary>Makes frames of their parts.</summary>
internal static class FrameBuilder
{
    /// <summary>The shortest frame on a wire, without the checksum (IEEE 802.3: 64 with it). Network cards pad to it; links inside the kernel do not need it.</summary>
    internal const int ShortestOnWire = 60;

    /// <summary>Makes a frame.</summary>
    /// <param name="source">The sender's MAC address.</param>
    /// <param name="destination">The receiver's.</param>
    /// <param name="type">The type number.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="tag">The VLAN tag, or null.</param>
    /// <param name="pad">Whether to fill it with zeros to 60 bytes.</param>
    internal static EthernetFrame Build(string source, string destination, ushort type, ReadOnlySpan<byte> payload, VlanTag? tag, bool pad)
    {
        int header = EthernetFrame.HeaderLength + (tag is null ? 0 : EthernetFrame.TagLength);
        byte[] bytes = new byte[Math.Max(header + payload.Length, pad ? ShortestOnWire : 0)];
        Address(destination).CopyTo(bytes, 0);
        Address(source).CopyTo(bytes, EthernetFrame.AddressLength);
        if (tag is not null)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FrameView.TagOffset), (ushort)tag.Protocol);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FrameView.TagOffset + 2), tag.Control);
        }

        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(header - 2), type);
        payload.CopyTo(bytes.AsSpan(header));
        return FromBytes(bytes);
    }

    /// <summary>A frame of bytes that a user gave, with the time of now.</summary>
    internal static EthernetFrame FromBytes(byte[] bytes) => new(bytes, bytes.Length, Now, FrameOrigin.None, FrameDirection.Unknown);

    /// <summary>Nanoseconds since 1970-01-01 UTC, as the clock has it: to 100.</summary>
    internal static long Now => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>A MAC address of any kind, group addresses too.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid.</exception>
    internal static byte[] Address(string text) => HardwareAddress.TryParse(text, out byte[]? address)
        ? address
        : throw new MacvtapException(FailureId.MacAddressInvalid, $"'{text}' is not a MAC address.", "Write six bytes: 52:54:00:12:34:56, 52-54-00-12-34-56, 5254.0012.3456 or 525400123456.", text);

    /// <summary>A type by name or number.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static ushort Type(string text) => EtherType.TryParse(text, out ushort number)
        ? number
        : throw new MacvtapException(FailureId.ParameterInvalid, $"'{text}' is no type of frame.", $"Write a number, such as 0x88b5, or a name: {string.Join(", ", EtherType.Known.Select(k => k.Name))}.", text);
}
