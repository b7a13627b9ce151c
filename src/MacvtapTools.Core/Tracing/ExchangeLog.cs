using System.Globalization;
using System.Text;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;

namespace MacvtapTools.Tracing;

/// <summary>
/// What was said to the kernel and what it answered, as lines for people. It only collects: whoever shows the lines takes them where nothing is under way, since
/// showing can fail (a user may answer "halt") and must not leave an exchange half done. Any thread may write.
/// </summary>
/// <param name="withMessages">Whether each datagram is written down too, attribute by attribute.</param>
internal sealed class ExchangeLog(bool withMessages)
{
    private readonly object _lock = new();
    private List<ExchangeLine> _lines = [];

    /// <summary>Begins an exchange with a datagram that is being sent.</summary>
    internal Exchange Begin(ReadOnlySpan<byte> sent)
    {
        if (withMessages) Add(ExchangeLineKind.Message, "sent " + MessageText.Annotate(sent));
        var requests = new List<string>();
        var messages = new MessageReader(sent);
        while (messages.MoveNext())
        {
            bool isDump = MessageKind.Flags(messages.Header).Contains("DUMP");
            requests.Add(MessageKind.TypeName(messages.Header.Type) + (isDump ? " dump" : string.Empty));
        }

        return new Exchange($"{Counted(requests.GroupBy(name => name).Select(group => (group.Key, group.Count())))} ({sent.Length} bytes)");
    }

    /// <summary>Notes a datagram that came.</summary>
    internal void Received(Exchange exchange, ReadOnlySpan<byte> datagram)
    {
        exchange.Touch();
        if (withMessages) Add(ExchangeLineKind.Message, "received " + MessageText.Annotate(datagram));
        var messages = new MessageReader(datagram);
        while (messages.MoveNext())
        {
            string name = Name(messages.Header, messages.Body);
            exchange.Replies[name] = exchange.Replies.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>Ends an exchange: nothing more comes that belongs to it.</summary>
    internal void End(Exchange exchange, string? networkNamespace)
    {
        string answers = exchange.Replies.Count == 0 ? "no answer" : Counted(exchange.Replies.Select(reply => (reply.Key, reply.Value)));
        string place = networkNamespace is null ? string.Empty : $"{networkNamespace}: ";
        Add(ExchangeLineKind.Exchange, string.Create(CultureInfo.InvariantCulture, $"{place}{exchange.Requests}, {exchange.Duration.TotalMilliseconds:0.00} ms: {answers}"));
    }

    /// <summary>The lines so far, in order; they are forgotten here.</summary>
    internal IReadOnlyList<ExchangeLine> Take()
    {
        lock (_lock)
        {
            if (_lines.Count == 0) return [];
            List<ExchangeLine> taken = _lines;
            _lines = [];
            return taken;
        }
    }

    private static string Name(MessageHeader header, ReadOnlySpan<byte> body)
    {
        switch (header.Type)
        {
            case NetlinkConstants.NLMSG_ERROR:
                RequestOutcome outcome = RequestOutcome.FromError(header.Flags, body);
                string words = outcome.Ack?.Text is { } text ? $" \"{text}\"" : string.Empty;
                return (outcome.Errno == Errno.None ? "acknowledged" : outcome.Errno.ToString()) + words;
            case NetlinkConstants.NLMSG_DONE:
                return (header.Flags & NetlinkConstants.NLM_F_DUMP_INTR) != 0 ? "done, interrupted" : "done";
            default:
                return MessageKind.TypeName(header.Type);
        }
    }

    private static string Counted(IEnumerable<(string Name, int Count)> parts)
    {
        var text = new StringBuilder();
        foreach ((string name, int count) in parts)
        {
            if (text.Length > 0) text.Append(", ");
            if (count > 1) text.Append(CultureInfo.InvariantCulture, $"{count} ");
            text.Append(name);
        }

        return text.ToString();
    }

    private void Add(ExchangeLineKind kind, string text)
    {
        lock (_lock) _lines.Add(new ExchangeLine(kind, text));
    }
}
