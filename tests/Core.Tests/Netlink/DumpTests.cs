using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using Xunit;
using static MacvtapTools.Tests.Netlink.Wire;

namespace MacvtapTools.Tests.Netlink;

public sealed class DumpTests : IDisposable
{
    private readonly ConversationFixture _fixture = new();

    private ScriptedChannel Channel => _fixture.Channel;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_dump_goes_over_several_datagrams_to_its_end()
    {
        Channel.Gives(Part(1, 1), Part(1, 2)).Gives(Part(1, 3)).Gives(Done(1));
        (DumpOutcome outcome, List<byte> content) = _fixture.Dump();
        Assert.Equal(new DumpOutcome(1, false), outcome);
        Assert.Equal([1, 2, 3], content);
    }

    [Fact]
    public void What_is_not_of_this_dump_is_ignored()
    {
        Channel.Gives(Part(9, 90), Done(9), Done(1, port: 8)).GivesFrom(55, Part(1, 91), Done(1)).Gives(Part(1, 1), Done(1));
        Assert.Equal([1], _fixture.Dump().Content);
    }

    [Fact]
    public void An_error_at_the_end_is_seen()
    {
        Channel.Gives(Part(1, 1)).Gives(Done(1, -22, "no such filter"));
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _fixture.Dump());
        Assert.Equal(Errno.EINVAL, failure.Errno);
        Assert.Equal("no such filter", failure.KernelText);
    }

    [Fact]
    public void An_error_instead_of_a_dump_is_seen()
    {
        Channel.Gives(Error(1, Errno.EPERM, "not you"));
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _fixture.Dump());
        Assert.Equal((Errno.EPERM, "not you"), (failure.Errno, failure.KernelText));
    }

    [Fact]
    public void The_count_that_some_kernels_put_at_the_end_is_no_error()
    {
        Channel.Gives(Part(1, 1), Done(1, 7));
        Assert.Equal([1], _fixture.Dump().Content);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_interrupted_dump_is_read_to_its_end_and_asked_for_again(bool onPart, bool onDone)
    {
        Channel.Gives(Part(1, 1, onPart), Part(1, 2)).Gives(Done(1, interrupted: onDone)).Gives(Part(2, 3), Done(2));
        (DumpOutcome outcome, List<byte> content) = _fixture.Dump();
        Assert.Equal(new DumpOutcome(2, false), outcome);
        Assert.Equal([3], content);
        Assert.Equal(2, Channel.Sent.Count);
    }

    [Fact]
    public void A_dump_that_is_interrupted_every_time_is_returned_and_says_so()
    {
        for (uint i = 1; i <= 9; i++) Channel.Gives(Part(i, (byte)i, i % 2 == 0), Done(i, interrupted: i % 2 == 1));
        (DumpOutcome outcome, List<byte> content) = _fixture.Dump();
        Assert.Equal(new DumpOutcome(NetlinkConversation.DumpAttempts, true), outcome);
        Assert.Equal([5], content);
        Assert.Equal(5, Channel.Sent.Count);
    }

    [Fact]
    public void Lost_messages_lead_to_another_attempt()
    {
        Channel.Gives(Part(1, 1)).Fails(Errno.ENOBUFS).Gives(Part(2, 2), Done(2));
        (DumpOutcome outcome, List<byte> content) = _fixture.Dump();
        Assert.Equal(new DumpOutcome(2, false), outcome);
        Assert.Equal([2], content);
    }

    [Fact]
    public void Messages_that_are_lost_every_time_surface()
    {
        for (int i = 0; i < 9; i++) Channel.Fails(Errno.ENOBUFS);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<KernelException>(() => _fixture.Dump()).Errno);
        Assert.Equal(NetlinkConversation.DumpAttempts, Channel.Sent.Count);
    }

    /// <summary>Measured on Linux 6.18: a dump that is asked for while an older one of the same socket is under way is refused with EBUSY; the older one goes on.</summary>
    [Fact]
    public void An_older_dump_that_is_still_under_way_is_read_to_its_end_first()
    {
        Channel.Gives(Part(1, 1)).Fails(Errno.ENOBUFS).Gives(Error(2, Errno.EBUSY)).Gives(Part(1, 8)).Gives(Done(1)).Gives(Part(3, 3), Done(3));
        (DumpOutcome outcome, List<byte> content) = _fixture.Dump();
        Assert.Equal(new DumpOutcome(3, false), outcome);
        Assert.Equal([3], content);
    }

    [Fact]
    public void A_dump_that_timed_out_does_not_spoil_the_next()
    {
        Channel.Gives(Part(1, 1));
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => _fixture.Dump()).Id);
        Channel.Gives(Part(1, 9)).Gives(Error(2, Errno.EBUSY)).Gives(Part(1, 9), Done(1)).Gives(Part(3, 3), Done(3));
        Assert.Equal([3], _fixture.Dump().Content);
    }

    [Fact]
    public void No_end_is_a_timeout()
    {
        Channel.Gives(Part(1, 1), Part(1, 2));
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => _fixture.Dump()).Id);
    }

    [Fact]
    public void A_message_that_its_datagram_cuts_off_is_a_protocol_error()
    {
        byte[] part = Part(1, 1);
        Channel.Gives(Part(1, 1), part[..^4]).Gives(Done(1));
        Assert.Equal(FailureId.NetlinkProtocolError, Assert.Throws<MacvtapException>(() => _fixture.Dump()).Id);
    }

    [Fact]
    public void An_end_without_a_number_is_an_end()
    {
        Channel.Gives(Part(1, 1), Message(NetlinkConstants.NLMSG_DONE, 1, []));
        Assert.Equal([1], _fixture.Dump().Content);
    }
}
