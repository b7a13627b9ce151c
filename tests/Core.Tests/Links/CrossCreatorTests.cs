using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Links;

/// <summary>A link that is made in another namespace is read there, and what fails in the reading is no refusal of the link.</summary>
public sealed class CrossCreatorTests : IDisposable
{
    private readonly FakeKernel _here = new();
    private readonly FakeKernel _there = new();
    private readonly LinkSession _destination;

    public CrossCreatorTests()
    {
        _here.Add(2, "eth0", null);
        _destination = LinkSession.Over(_there.Channel);
    }

    public void Dispose()
    {
        _destination.Dispose();
        _here.Dispose();
    }

    [Theory]
    [InlineData(Errno.EPERM, Errno.None, FailureId.KernelError)]
    [InlineData(Errno.None, Errno.ENOBUFS, FailureId.KernelError)]
    [InlineData(Errno.None, Errno.EAGAIN, FailureId.NetlinkTimeout)]
    public void A_link_that_cannot_be_read_back_stands_and_that_is_said(Errno refused, Errno lost, FailureId id)
    {
        _there.Add(7, "m0", "macvlan");
        if (refused != Errno.None) _there.Refuses = (_, _) => refused;
        if (lost != Errno.None) _there.Loses = _ => lost;
        MacvtapException failure = Assert.Throws<MacvtapException>(() => Create());
        Assert.Equal(id, failure.Id);
        Assert.Contains("the new link m0 stands", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Get-Link m0", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_gone_when_it_is_read_back_does_not_stand() => Assert.Equal(Errno.ENODEV, Assert.Throws<KernelException>(() => Create()).Errno);

    [Fact]
    public void A_refused_link_is_a_refusal()
    {
        _here.Refuses = (_, _) => Errno.EBUSY;
        Assert.Equal(Errno.EBUSY, Assert.Throws<NetlinkException>(() => Create()).Errno);
    }

    private LinkRecord Create() => new CrossCreator(_here.Conversation).Create(
        new LinkSettings { Name = "m0", LowerIndex = 2 },
        new MacvlanSettings(MacvlanSettings.Macvlan) { Mode = LinkMode.Bridge },
        _destination,
        "create m0");
}
