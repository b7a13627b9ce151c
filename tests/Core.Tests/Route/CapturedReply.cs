using System.Text;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Tests.Route;

/// <summary>
/// What a real kernel sent, from data/replies: comment lines tell how the link was made, what was asked and the kernel; datagrams are hex, with an empty line
/// between two. The requests had sequence number 100 and came from port 4242.
/// </summary>
internal sealed class CapturedReply
{
    internal const uint Sequence = 100;

    private CapturedReply(List<byte[]> datagrams) => Datagrams = datagrams;

    internal static IEnumerable<string> Names => TestData.Names("replies", "*.hex");

    internal IReadOnlyList<byte[]> Datagrams { get; }

    internal static CapturedReply Load(string name)
    {
        var datagrams = new List<byte[]>();
        var hex = new StringBuilder();
        foreach (string line in TestData.Text($"replies/{name}.hex").Split('\n'))
        {
            if (line.StartsWith('#')) continue;
            if (line.Length > 0) hex.Append(line);
            else Flush();
        }

        Flush();
        return new CapturedReply(datagrams);

        void Flush()
        {
            if (hex.Length == 0) return;
            datagrams.Add(Convert.FromHexString(hex.ToString()));
            hex.Clear();
        }
    }

    /// <summary>All messages: their headers and bodies.</summary>
    internal List<(MessageHeader Header, byte[] Body)> Messages()
    {
        var messages = new List<(MessageHeader, byte[])>();
        foreach (byte[] datagram in Datagrams)
        {
            var reader = new MessageReader(datagram);
            while (reader.MoveNext()) messages.Add((reader.Header, reader.Body.ToArray()));
            if (reader.IsMalformed) throw new InvalidDataException("The captured datagram is malformed.");
        }

        return messages;
    }

    /// <summary>The body of the first message.</summary>
    internal byte[] Body() => Messages()[0].Body;

    /// <summary>The first message as a link, with these names.</summary>
    internal static Link Link(string name, string? lower = null, string? master = null) => MacvtapTools.Link.From(LinkCodec.Read(Load(name).Body()), new LinkNames("ns", lower, master));
}
