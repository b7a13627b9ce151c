using System.Globalization;
using System.Net;
using System.Text;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Tracing;

/// <summary>Datagrams in words: each message with its attributes, named as the kernel's headers name them. Anything is written down, however malformed.</summary>
internal static class MessageText
{
    private const int MostBytes = 32;
    private const int Indent = 2;

    /// <summary>All messages of a datagram, one attribute a line.</summary>
    internal static string Annotate(ReadOnlySpan<byte> datagram)
    {
        var text = new StringBuilder();
        var messages = new MessageReader(datagram);
        while (messages.MoveNext())
        {
            MessageHeader header = messages.Header;
            if (text.Length > 0) text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"{MessageKind.TypeName(header.Type)}, {header.Length} bytes, sequence {header.Sequence}, port {header.PortId}{string.Concat(MessageKind.Flags(header).Select(flag => " " + flag))}");
            AppendBody(text, header, messages.Body);
        }

        if (messages.IsMalformed) text.AppendLine().Append("(the rest has a length that cannot be)");
        return text.ToString();
    }

    private static void AppendBody(StringBuilder text, MessageHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type is NetlinkConstants.NLMSG_ERROR or NetlinkConstants.NLMSG_DONE)
        {
            RequestOutcome outcome = header.Type == NetlinkConstants.NLMSG_ERROR ? RequestOutcome.FromError(header.Flags, body) : RequestOutcome.FromDone(header.Flags, body);
            StartLine(text, 1).Append(outcome.Succeeded ? "success" : outcome.Errno.ToString());
            if (outcome.Ack?.Text is { } words) text.Append(CultureInfo.InvariantCulture, $": \"{words}\"");
            if (outcome.Ack?.Offset is { } offset) text.Append(CultureInfo.InvariantCulture, $" (attribute at byte {offset} of the request)");
            return;
        }

        if (MessageKind.Of(header.Type) is not { } kind || body.Length < kind.HeaderLength)
        {
            if (!body.IsEmpty) AppendBytes(StartLine(text, 1), body);
            return;
        }

        if (kind.DescribeHeader(body[..kind.HeaderLength].ToArray()) is { Length: > 0 } description) StartLine(text, 1).Append(description);
        AppendAttributes(text, body[kind.HeaderLength..], kind.Attributes, 1);
    }

    private static void AppendAttributes(StringBuilder text, ReadOnlySpan<byte> attributes, AttributeScope scope, int depth)
    {
        string? kindBefore = null;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            AttributeName? name = scope[reader.Type];
            StartLine(text, depth).Append(name?.Name ?? $"attribute {reader.Type}");
            if ((reader.Type == IFLA.INFO_KIND && scope == AttributeScopes.LinkInfo) || (reader.Type == TrafficControlCodec.TCA_KIND && scope == AttributeScopes.TrafficControl)) kindBefore = reader.Text;
            if (name is { Format: AttributeFormat.NestOfKind }) AppendAttributes(text, reader.Value, AttributeScopes.OfKind(kindBefore), depth + 1);
            else if (name is { Inner: { } inner }) AppendAttributes(text, reader.Value, inner, depth + 1);
            else AppendValue(text, reader, name?.Format ?? AttributeFormat.Bytes);
        }

        if (reader.IsMalformed) StartLine(text, depth).Append("(a length that does not fit)");
    }

    private static void AppendValue(StringBuilder text, AttributeReader attribute, AttributeFormat format)
    {
        ReadOnlySpan<byte> value = attribute.Value;
        if (value.IsEmpty) return;
        text.Append(' ');
        switch (format)
        {
            case AttributeFormat.Number when value.Length is 1 or 2 or 4 or 8:
                text.Append(attribute.U64);
                break;
            case AttributeFormat.Signed when value.Length == sizeof(int):
                text.Append(attribute.S32);
                break;
            case AttributeFormat.Text:
                text.Append('"').Append(attribute.Text).Append('"');
                break;
            case AttributeFormat.HardwareAddress:
                text.Append(HardwareAddress.Format(value));
                break;
            case AttributeFormat.IPAddress when value.Length is 4 or 16:
                text.Append(new IPAddress(value));
                break;
            default:
                AppendBytes(text, value);
                break;
        }
    }

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> value)
    {
        text.Append(Convert.ToHexString(value[..Math.Min(value.Length, MostBytes)]));
        if (value.Length > MostBytes) text.Append(CultureInfo.InvariantCulture, $"… ({value.Length} bytes)");
    }

    private static StringBuilder StartLine(StringBuilder text, int depth) => text.AppendLine().Append(' ', depth * Indent);
}
