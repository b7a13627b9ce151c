using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Tests.Netlink;
using MacvtapTools.Tracing;
using Xunit;

namespace MacvtapTools.Tests.Tracing;

public sealed class TracedChannelTests
{
    [Fact]
    public void An_exchange_is_one_line_and_lasts_until_the_next_one()
    {
        using var script = new ScriptedChannel();
        var log = new ExchangeLog(withMessages: false);
        using var channel = new TracedChannel(script, log, "web");
        using var conversation = new NetlinkConversation(channel);
        script.Gives(Wire.Message(16, 1, new byte[16]), Wire.Ack(1), Wire.Error(2, Errno.EBUSY, "in use"));
        Exchange(conversation, 2);
        Assert.Empty(log.Take());
        channel.Finish();
        ExchangeLine line = Assert.Single(log.Take());
        Assert.Equal(ExchangeLineKind.Exchange, line.Kind);
        Assert.Matches("^web: 2 RTM_NEWLINK \\(32 bytes\\), [0-9]+\\.[0-9]{2} ms: RTM_NEWLINK, acknowledged, EBUSY \"in use\"$", line.Text);
        channel.Finish();
        Assert.Empty(log.Take());
    }

    [Fact]
    public void A_request_that_could_not_be_sent_is_a_line_too()
    {
        using var script = new ScriptedChannel();
        var log = new ExchangeLog(withMessages: false);
        using (var channel = new TracedChannel(script, log, null)) channel.Send(Wire.Message(18, 1, new byte[16], NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_DUMP));
        Assert.Matches("^RTM_GETLINK dump \\(32 bytes\\), .* no answer$", Assert.Single(log.Take()).Text);
    }

    [Fact]
    public void Messages_are_written_down_both_ways_where_that_is_asked_for()
    {
        using var script = new ScriptedChannel();
        var log = new ExchangeLog(withMessages: true);
        using var channel = new TracedChannel(script, log, null);
        using var conversation = new NetlinkConversation(channel);
        script.Gives(Wire.Ack(1));
        Exchange(conversation, 1);
        channel.Finish();
        Assert.Collection(
            log.Take(),
            line => Assert.StartsWith("sent RTM_NEWLINK", line.Text, StringComparison.Ordinal),
            line => Assert.StartsWith("received NLMSG_ERROR", line.Text, StringComparison.Ordinal),
            line => Assert.Equal(ExchangeLineKind.Exchange, line.Kind));
    }

    private static void Exchange(NetlinkConversation conversation, int count)
    {
        RequestBuffer requests = conversation.Compose();
        for (int i = 0; i < count; i++)
        {
            using MessageWriter message = requests.Begin(16, NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK);
        }

        conversation.Exchange();
    }
}
