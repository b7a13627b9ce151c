using System.Runtime.InteropServices;
using System.Text;

namespace MacvtapTools.Netlink;

/// <summary>
/// Walks over attributes. No length is trusted: one that runs past the end gives the bytes that are there, ends the walk and sets
/// <see cref="IsMalformed"/>. Values that are shorter than their type are read as if the missing bytes were zero; nothing here throws.
/// </summary>
internal ref struct AttributeReader
{
    private ReadOnlySpan<byte> _rest;

    private readonly int _longType;

    internal AttributeReader(ReadOnlySpan<byte> attributes)
    {
        _rest = attributes;
        _longType = -1;
    }

    /// <summary>
    /// A reader where attributes of one type may be longer than the 65535 bytes that their length field can say: the kernel does not look when it closes a nest
    /// (nla_nest_end), and the length is then right only modulo 65536. Since what stands behind such a nest is always shorter than that, the rest tells which it is.
    /// </summary>
    internal AttributeReader(ReadOnlySpan<byte> attributes, int longType)
    {
        _rest = attributes;
        _longType = longType;
    }

    /// <summary>The attribute's number, without the flag bits.</summary>
    internal int Type { get; private set; }

    /// <summary>The attribute's bytes, without padding.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>A length did not fit what holds it.</summary>
    internal bool IsMalformed { get; private set; }

    internal readonly AttributeReader Nested => new(Value);

    internal readonly byte U8 => Value.IsEmpty ? (byte)0 : Value[0];

    internal readonly ushort U16 => Read<ushort>();

    internal readonly uint U32 => Read<uint>();

    internal readonly int S32 => Read<int>();

    internal readonly ulong U64 => Read<ulong>();

    /// <summary>Text up to the first NUL.</summary>
    internal readonly string Text
    {
        get
        {
            int end = Value.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
        }
    }

    internal bool MoveNext()
    {
        if (_rest.Length < NetlinkConstants.AttributeHeaderLength)
        {
            IsMalformed |= !_rest.IsEmpty;
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(_rest);
        Type = MemoryMarshal.Read<ushort>(_rest[2..]) & NetlinkConstants.NLA_TYPE_MASK;
        if (Type == _longType && length <= _rest.Length) length += (_rest.Length - length) & ~ushort.MaxValue;
        if (length < NetlinkConstants.AttributeHeaderLength)
        {
            IsMalformed = true;
            _rest = default;
            return false;
        }

        if (length > _rest.Length)
        {
            IsMalformed = true;
            length = _rest.Length;
        }

        Value = _rest[NetlinkConstants.AttributeHeaderLength..length];
        _rest = _rest[Math.Min(NetlinkConstants.Align(length), _rest.Length)..];
        return true;
    }

    private readonly T Read<T>()
        where T : unmanaged
    {
        T value = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref value));
        Value[..Math.Min(Value.Length, bytes.Length)].CopyTo(bytes);
        return value;
    }
}
