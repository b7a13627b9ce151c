using System.Buffers.Binary;
using System.Text;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;

namespace MacvtapTools.Tests.Netlink;

/// <summary>Writes what comes from the kernel, by hand and little-endian, so that it does not lean on the code under test.</summary>
internal static class Wire
{
    internal delegate void Writing(MessageWriter message);

    /// <summary>A message with a body of any bytes.</summary>
    internal static byte[] Message(ushort type, uint sequence, byte[] body, ushort flags = 0, uint port = ScriptedChannel.Port)
    {
        byte[] message = new byte[Align(MessageHeaderLength + body.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)(MessageHeaderLength + body.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(12), port);
        body.CopyTo(message, MessageHeaderLength);
        return message;
    }

    /// <summary>An attribute.</summary>
    internal static byte[] Attribute(int type, params byte[] value)
    {
        byte[] attribute = new byte[Align(AttributeHeaderLength + value.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)(AttributeHeaderLength + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute, AttributeHeaderLength);
        return attribute;
    }

    internal static byte[] Attribute(int type, uint value) => Attribute(type, BitConverter.GetBytes(value));

    internal static byte[] Attribute(int type, string value) => Attribute(type, Encoding.UTF8.GetBytes(value + "\0"));

    /// <summary>An acknowledgement as a capped one: the kernel says so although there is nothing to cap.</summary>
    internal static byte[] Ack(uint sequence, uint port = ScriptedChannel.Port) => Error(sequence, Errno.None, port: port);

    /// <summary>NLMSG_ERROR.</summary>
    /// <param name="sequence">The request's sequence number.</param>
    /// <param name="errno">The error, positive.</param>
    /// <param name="text">The kernel's words.</param>
    /// <param name="offset">The offset of the attribute that it minds.</param>
    /// <param name="payload">Null for a capped error, or the request's payload.</param>
    /// <param name="port">The port id that it is for.</param>
    internal static byte[] Error(uint sequence, Errno errno, string? text = null, uint? offset = null, byte[]? payload = null, uint port = ScriptedChannel.Port)
    {
        byte[] request = Message(16, sequence, payload ?? [], 5, 0);
        byte[] attributes = [.. text is null ? [] : Attribute(NLMSGERR_ATTR_MSG, text), .. offset is { } o ? Attribute(NLMSGERR_ATTR_OFFS, o) : []];
        int flags = (payload is null ? NLM_F_CAPPED : 0) | (attributes.Length > 0 ? NLM_F_ACK_TLVS : 0);
        return Message(NLMSG_ERROR, sequence, [.. BitConverter.GetBytes(-(int)errno), .. request, .. attributes], (ushort)flags, port);
    }

    /// <summary>NLMSG_DONE.</summary>
    internal static byte[] Done(uint sequence, int error = 0, string? text = null, bool interrupted = false, uint port = ScriptedChannel.Port)
    {
        byte[] attributes = text is null ? [] : Attribute(NLMSGERR_ATTR_MSG, text);
        int flags = NLM_F_MULTI | (interrupted ? NLM_F_DUMP_INTR : 0) | (text is null ? 0 : NLM_F_ACK_TLVS);
        return Message(NLMSG_DONE, sequence, [.. BitConverter.GetBytes(error), .. attributes], (ushort)flags, port);
    }

    /// <summary>A part of a dump.</summary>
    internal static byte[] Part(uint sequence, byte content, bool interrupted = false) =>
        Message(16, sequence, [content], (ushort)(NLM_F_MULTI | (interrupted ? NLM_F_DUMP_INTR : 0)));

    /// <summary>A message composed with the library's own writer, as an answer.</summary>
    internal static byte[] Compose(ushort type, uint sequence, Writing write, ushort flags = 0, uint port = ScriptedChannel.Port)
    {
        var buffer = new RequestBuffer();
        using (MessageWriter message = buffer.Begin(type, flags)) write(message);
        byte[] bytes = buffer.Bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), port);
        return bytes;
    }
}
