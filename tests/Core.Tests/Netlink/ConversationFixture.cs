using MacvtapTools.Netlink;

namespace MacvtapTools.Tests.Netlink;

/// <summary>A conversation over a scripted channel. Its first request has sequence number 1.</summary>
internal sealed class ConversationFixture : IDisposable
{
    internal ConversationFixture() => Conversation = new NetlinkConversation(Channel);

    internal ScriptedChannel Channel { get; } = new();

    internal NetlinkConversation Conversation { get; }

    /// <summary>The sequence numbers of the messages of one send.</summary>
    internal static List<uint> Sequences(byte[] datagram)
    {
        var numbers = new List<uint>();
        var reader = new MessageReader(datagram);
        while (reader.MoveNext()) numbers.Add(reader.Header.Sequence);
        return numbers;
    }

    public void Dispose() => Conversation.Dispose();

    internal void Compose(int count)
    {
        RequestBuffer requests = Conversation.Compose();
        for (int i = 0; i < count; i++)
        {
            using MessageWriter message = requests.Begin(16, NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK);
        }
    }

    internal RequestOutcome[] Exchange(int count, ReplyHandler? onReply = null)
    {
        Compose(count);
        return Conversation.Exchange(onReply).ToArray();
    }

    /// <summary>Runs a dump and gives the first byte of each message of its last attempt.</summary>
    internal (DumpOutcome Outcome, List<byte> Content) Dump()
    {
        var content = new List<byte>();
        DumpOutcome outcome = Conversation.Dump(
            requests =>
            {
                using MessageWriter message = requests.Begin(18, NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_DUMP);
            },
            content.Clear,
            (_, _, body) => content.Add(body[0]),
            "list");
        return (outcome, content);
    }
}
