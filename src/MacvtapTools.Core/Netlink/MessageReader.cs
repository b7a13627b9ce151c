using System.Runtime.InteropServices;

namespace MacvtapTools.Netlink;

/// <summary>Walks over the messages of one datagram. A length that the datagram cannot hold ends the walk and sets <see cref="IsMalformed"/>.</summary>
internal ref struct MessageReader
{
    private ReadOnlySpan<byte> _rest;

    internal MessageReader(ReadOnlySpan<byte> datagram) => _rest = datagram;

    internal MessageHeader Header { get; private set; }

    /// <summary>What follows the header, without padding.</summary>
    internal ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>The datagram ended inside a message, or a message claimed an impossible length.</summary>
    internal bool IsMalformed { get; private set; }

    internal bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        if (_rest.Length < NetlinkConstants.MessageHeaderLength) return Fail();
        MessageHeader header = MemoryMarshal.Read<MessageHeader>(_rest);
        if (header.Length < NetlinkConstants.MessageHeaderLength || header.Length > (uint)_rest.Length) return Fail();
        int length = (int)header.Length;
        Header = header;
        Body = _rest[NetlinkConstants.MessageHeaderLength..length];
        _rest = _rest[Math.Min(NetlinkConstants.Align(length), _rest.Length)..];
        return true;
    }

    private bool Fail()
    {
        IsMalformed = true;
        _rest = default;
        return false;
    }
}
