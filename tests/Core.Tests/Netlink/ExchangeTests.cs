using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using Xunit;
using static MacvtapTools.Tests.Netlink.Wire;

namespace MacvtapTools.Tests.Netlink;

public sealed class ExchangeTests : IDisposable
{
    private readonly ConversationFixture _fixture = new();

    private ScriptedChannel Channel => _fixture.Channel;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void An_acknowledgement_is_success()
    {
        Channel.Gives(Ack(1));
        RequestOutcome outcome = Assert.Single(_fixture.Exchange(1));
        Assert.True(outcome.Succeeded);
        Assert.Null(outcome.Ack);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_has_its_text_and_offset_capped_or_not(bool whole)
    {
        // The payload looks like attributes that say something else: only what is behind it counts.
        byte[] payload = whole ? Attribute(NetlinkConstants.NLMSGERR_ATTR_MSG, "not this") : null!;
        Channel.Gives(Error(1, Errno.EINVAL, "that is wrong", 44, payload));
        RequestOutcome outcome = Assert.Single(_fixture.Exchange(1));
        Assert.Equal(Errno.EINVAL, outcome.Errno);
        Assert.Equal(new ExtendedAck("that is wrong", 44, null), outcome.Ack);
        NetlinkException exception = Assert.Throws<NetlinkException>(() => outcome.ThrowIfFailed("do it"));
        Assert.Equal("that is wrong", exception.KernelText);
        Assert.Equal(44, exception.AttributeOffset);
        Assert.Equal("do it: Invalid argument (EINVAL): that is wrong.", exception.Message);
    }

    [Fact]
    public void An_error_without_extended_acknowledgement_has_none()
    {
        Channel.Gives(Error(1, Errno.ENODEV, payload: Attribute(NetlinkConstants.NLMSGERR_ATTR_MSG, "the request's own")));
        RequestOutcome outcome = Assert.Single(_fixture.Exchange(1));
        Assert.Equal(new RequestOutcome(Errno.ENODEV, null), outcome);
    }

    [Fact]
    public void A_warning_on_success_is_kept()
    {
        Channel.Gives(Error(1, Errno.None, "done, but"));
        RequestOutcome outcome = Assert.Single(_fixture.Exchange(1));
        Assert.True(outcome.Succeeded);
        Assert.Equal("done, but", outcome.Ack?.Text);
    }

    [Fact]
    public void A_missing_attribute_is_named()
    {
        byte[] body = [.. BitConverter.GetBytes(-22), .. Message(16, 1, [], 5, 0), .. Attribute(NetlinkConstants.NLMSGERR_ATTR_MISS_TYPE, 18)];
        Channel.Gives(Message(NetlinkConstants.NLMSG_ERROR, 1, body, NetlinkConstants.NLM_F_CAPPED | NetlinkConstants.NLM_F_ACK_TLVS));
        Assert.Equal(18, Assert.Single(_fixture.Exchange(1)).Ack?.MissingAttribute);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_error_that_is_too_short_is_a_protocol_error(int length)
    {
        Channel.Gives(Message(NetlinkConstants.NLMSG_ERROR, 1, new byte[length]));
        Assert.Equal(Errno.EPROTO, Assert.Single(_fixture.Exchange(1)).Errno);
    }

    [Fact]
    public void Replies_come_before_the_acknowledgements_and_say_whose_they_are()
    {
        Channel.Gives(Message(16, 1, [10]), Ack(1)).Gives(Message(16, 2, [20])).Gives(Message(17, 2, [21]), Ack(2));
        var replies = new List<(int Request, int Type, byte Content)>();
        RequestOutcome[] outcomes = _fixture.Exchange(2, (request, type, body) => replies.Add((request, type, body[0])));
        Assert.All(outcomes, o => Assert.True(o.Succeeded));
        Assert.Equal([(0, 16, 10), (1, 16, 20), (1, 17, 21)], replies);
    }

    [Fact]
    public void Several_requests_have_their_own_outcomes_in_their_order()
    {
        Channel.Gives(Ack(1)).Gives(Error(2, Errno.EBUSY)).Gives(Ack(4), Error(3, Errno.EINVAL, "third"), Error(5, Errno.ENODEV));
        RequestOutcome[] outcomes = _fixture.Exchange(5);
        Assert.Equal([Errno.None, Errno.EBUSY, Errno.EINVAL, Errno.None, Errno.ENODEV], outcomes.Select(o => o.Errno));
        Assert.Equal("third", outcomes[2].Ack?.Text);
        Assert.Single(Channel.Sent);
    }

    [Fact]
    public void More_requests_than_ever_before_have_room()
    {
        for (uint i = 1; i <= 250; i++) Channel.Gives(Error(i, i % 2 == 0 ? Errno.EPERM : Errno.None));
        RequestOutcome[] outcomes = _fixture.Exchange(250);
        Assert.Equal(Enumerable.Range(1, 250).Select(i => i % 2 == 0 ? Errno.EPERM : Errno.None), outcomes.Select(o => o.Errno));
    }

    [Fact]
    public void A_second_answer_to_one_request_counts_for_no_other()
    {
        Channel.Gives(Ack(1), Error(1, Errno.EINVAL), Ack(2));
        Assert.All(_fixture.Exchange(2), o => Assert.True(o.Succeeded));
    }

    [Fact]
    public void Answers_to_other_sequence_numbers_other_ports_and_from_other_senders_are_ignored()
    {
        int replies = 0;
        Channel.Gives(Error(7, Errno.EPERM), Error(0, Errno.EPERM), Message(16, 2, [0]))
            .Gives(Error(1, Errno.EPERM, port: 9), Message(16, 1, [0], port: 0))
            .GivesFrom(777, Error(1, Errno.EPERM), Message(16, 1, [0]))
            .Gives(Ack(1));
        Assert.True(Assert.Single(_fixture.Exchange(1, (_, _, _) => replies++)).Succeeded);
        Assert.Equal(0, replies);
    }

    [Fact]
    public void Control_messages_are_no_replies()
    {
        int replies = 0;
        Channel.Gives(Message(NetlinkConstants.NLMSG_NOOP, 1, []), Message(NetlinkConstants.NLMSG_OVERRUN, 1, []), Ack(1));
        Assert.True(Assert.Single(_fixture.Exchange(1, (_, _, _) => replies++)).Succeeded);
        Assert.Equal(0, replies);
    }

    [Fact]
    public void Lost_messages_surface_because_the_outcome_is_not_known()
    {
        Channel.Fails(Errno.ENOBUFS);
        KernelException failure = Assert.Throws<KernelException>(() => _fixture.Exchange(1));
        Assert.Equal(Errno.ENOBUFS, failure.Errno);
    }

    [Fact]
    public void No_answer_is_a_timeout()
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => _fixture.Exchange(1));
        Assert.Equal(FailureId.NetlinkTimeout, failure.Id);
        Assert.Equal(Errno.EAGAIN, failure.Errno);
    }

    [Fact]
    public void One_answer_of_two_is_a_timeout_too()
    {
        Channel.Gives(Ack(2));
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => _fixture.Exchange(2)).Id);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(15u)]
    [InlineData(100u)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_cannot_be_is_a_protocol_error(uint length)
    {
        byte[] message = Ack(1);
        BitConverter.TryWriteBytes(message, length);
        Channel.Gives(message);
        Assert.Equal(FailureId.NetlinkProtocolError, Assert.Throws<MacvtapException>(() => _fixture.Exchange(1)).Id);
    }

    [Fact]
    public void An_empty_datagram_is_nothing()
    {
        Channel.Gives().Gives(Ack(1));
        Assert.True(Assert.Single(_fixture.Exchange(1)).Succeeded);
    }

    [Fact]
    public void Late_answers_of_an_exchange_that_timed_out_are_not_taken_for_the_next_ones()
    {
        Assert.Throws<MacvtapException>(() => _fixture.Exchange(2));
        Channel.Gives(Error(1, Errno.EPERM), Message(16, 2, [0]), Error(2, Errno.EPERM)).Gives(Ack(3), Ack(4));
        int replies = 0;
        Assert.All(_fixture.Exchange(2, (_, _, _) => replies++), o => Assert.True(o.Succeeded));
        Assert.Equal(0, replies);
    }

    [Fact]
    public void Sequence_numbers_are_never_given_twice()
    {
        Channel.OnSend = sent => Channel.Gives([.. ConversationFixture.Sequences(sent).Select(s => Ack(s))]);
        for (int i = 0; i < 50; i++) _fixture.Exchange((i % 7) + 1);
        Channel.OnSend = null;
        Assert.Throws<MacvtapException>(() => _fixture.Exchange(3));
        _fixture.Compose(2);
        Channel.OnSend = sent => Channel.Gives([.. ConversationFixture.Sequences(sent).Select(s => Done(s))]);
        _fixture.Dump();
        List<uint> all = [.. Channel.Sent.SelectMany(ConversationFixture.Sequences)];
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.DoesNotContain(0u, all);
    }

    [Fact]
    public void Sending_that_fails_surfaces()
    {
        Channel.OnSend = _ => throw new KernelException(Errno.ENOBUFS, "send to the kernel");
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<KernelException>(() => _fixture.Exchange(1)).Errno);
    }

    [Fact]
    public void Disposing_closes_the_channel()
    {
        _fixture.Dispose();
        Assert.True(Channel.IsDisposed);
    }
}
