using System.Runtime.InteropServices;
using System.Text;

namespace MacvtapTools.Netlink;

/// <summary>Writes one message: the family's fixed header, then attributes. Dispose fills in the length.</summary>
internal readonly ref struct MessageWriter
{
    private readonly RequestBuffer _buffer;
    private readonly int _start;

    internal MessageWriter(RequestBuffer buffer, int start)
    {
        _buffer = buffer;
        _start = start;
    }

    /// <summary>The fixed header that follows the netlink header (ifinfomsg and its like).</summary>
    internal void Header<T>(in T header)
        where T : unmanaged => _buffer.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in header)));

    internal void U8(int type, byte value) => Bytes(type, [value]);

    internal void U16(int type, ushort value) => Bytes(type, MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in value)));

    internal void U32(int type, uint value) => Bytes(type, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)));

    internal void S32(int type, int value) => U32(type, (uint)value);

    /// <summary>Text with the NUL that the kernel's names carry.</summary>
    internal void Text(int type, string value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        Span<byte> bytes = count < 256 ? stackalloc byte[count + 1] : new byte[count + 1];
        Encoding.UTF8.GetBytes(value, bytes);
        bytes[count] = 0;
        Bytes(type, bytes);
    }

    /// <summary>An attribute with these bytes.</summary>
    /// <exception cref="ArgumentException">Longer than the 16-bit length field can say: the kernel would read another length than was meant.</exception>
    internal void Bytes(int type, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[NetlinkConstants.AttributeHeaderLength];
        ushort length = CheckedLength(NetlinkConstants.AttributeHeaderLength + value.Length);
        ushort attribute = (ushort)type;
        MemoryMarshal.Write(header, in length);
        MemoryMarshal.Write(header[2..], in attribute);
        _buffer.Append(header);
        _buffer.Append(value);
    }

    /// <summary>An attribute that holds attributes; everything written until the scope's Dispose is inside.</summary>
    /// <param name="type">The attribute, with NLA_F_NESTED where the kernel's parser looks for it.</param>
    internal NestScope Nest(int type)
    {
        int start = _buffer.Length;
        Bytes(type, []);
        return new NestScope(_buffer, start);
    }

    /// <summary>Fills in the message's length.</summary>
    internal void Dispose()
    {
        uint length = (uint)(_buffer.Length - _start);
        MemoryMarshal.Write(_buffer.From(_start), in length);
    }

    internal static ushort CheckedLength(int length) =>
        length <= ushort.MaxValue ? (ushort)length : throw new ArgumentException($"An attribute of {length} bytes does not fit the 16-bit length of netlink.");

    /// <summary>An open nest.</summary>
    internal readonly ref struct NestScope
    {
        private readonly RequestBuffer _buffer;
        private readonly int _start;

        internal NestScope(RequestBuffer buffer, int start)
        {
            _buffer = buffer;
            _start = start;
        }

        /// <summary>Fills in the nest's length.</summary>
        internal void Dispose()
        {
            ushort length = CheckedLength(_buffer.Length - _start);
            MemoryMarshal.Write(_buffer.From(_start), in length);
        }
    }
}
