using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Tests.Route;
using Xunit;

namespace MacvtapTools.Tests.Netlink;

/// <summary>Refusals as the kernel sends them.</summary>
public sealed class CapturedRefusalTests
{
    [Theory]
    [InlineData("error-offset-capped", Errno.EINVAL, "Attribute failed policy validation", 68)]
    [InlineData("error-offset-whole", Errno.EINVAL, "Attribute failed policy validation", 68)]
    [InlineData("error-text-capped", Errno.EOPNOTSUPP, "Unknown device type", null)]
    [InlineData("error-bare", Errno.ENODEV, null, null)]
    public void An_error_is_read(string name, Errno errno, string? text, int? offset)
    {
        (MessageHeader header, byte[] body) = Assert.Single(CapturedReply.Load(name).Messages());
        Assert.Equal(NetlinkConstants.NLMSG_ERROR, header.Type);
        var outcome = RequestOutcome.FromError(header.Flags, body);
        Assert.Equal(errno, outcome.Errno);
        Assert.Equal((text, offset), (outcome.Ack?.Text, outcome.Ack?.Offset));
    }

    [Fact]
    public void An_error_at_the_end_of_a_dump_is_read()
    {
        (MessageHeader header, byte[] body) = Assert.Single(CapturedReply.Load("done-with-error").Messages());
        Assert.Equal(NetlinkConstants.NLMSG_DONE, header.Type);
        Assert.Equal(new RequestOutcome(Errno.EINVAL, new ExtendedAck("Unsupported attribute in link dump request", null, null)), RequestOutcome.FromDone(header.Flags, body));
    }

    [Theory]
    [InlineData("error-offset-capped")]
    [InlineData("error-offset-whole")]
    [InlineData("done-with-error")]
    public void Cut_off_at_any_length_it_still_does_not_throw(string name)
    {
        (MessageHeader header, byte[] body) = Assert.Single(CapturedReply.Load(name).Messages());
        for (int length = 0; length <= body.Length; length++)
        {
            RequestOutcome.FromError(header.Flags, body.AsSpan(0, length));
            RequestOutcome.FromDone(header.Flags, body.AsSpan(0, length));
        }
    }
}
