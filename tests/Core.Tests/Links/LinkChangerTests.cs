using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Links;

public sealed class LinkChangerTests : IDisposable
{
    private readonly FakeKernel _kernel = new();
    private readonly LinkChanger _changer;

    public LinkChangerTests()
    {
        _kernel.Add(2, "eth0", null);
        _kernel.Add(3, "mvt0", "macvtap", 2);
        _kernel.Add(4, "br0", "bridge");
        _kernel.Add(5, "port0", "dummy");
        _changer = new LinkChanger(_kernel.Conversation, _kernel.Reader);
    }

    private MacvlanLink Macvtap => (MacvlanLink)_kernel.Get(3);

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_link_is_switched_on_and_off_and_read_back_in_the_same_send()
    {
        Assert.Equal(AdministrativeStatus.Up, _changer.SetUp(Macvtap, true).AdministrativeStatus);
        Assert.Equal(["SETLINK 3", "GETLINK 3"], _kernel.Log[..2]);
        Assert.Equal([2, 1], [ConversationCount(0), ConversationCount(1)]);
        Link down = _changer.SetUp(Macvtap, false);
        Assert.Equal(AdministrativeStatus.Down, down.AdministrativeStatus);
        Assert.Equal("eth0", down.LowerDevice);
    }

    [Fact]
    public void The_mode_flags_and_list_are_set()
    {
        ChangeResult<Link> result = _changer.SetMode(Macvtap, LinkMode.Source, ModeFlag.NoDestination, ["02:00:00:00:00:09", "0200.0000.0009"]);
        Assert.Empty(result.Differences);
        MacvtapLink link = Assert.IsType<MacvtapLink>(result.Link);
        Assert.Equal((LinkMode.Source, ModeFlag.NoDestination), (link.Mode, link.ModeFlag));
        Assert.Equal(["02:00:00:00:00:09"], link.SourceAddress);
        Assert.Equal("NEWLINK 3", _kernel.Log[0]);
    }

    [Fact]
    public void A_change_that_was_acknowledged_and_not_made_is_found_out()
    {
        _kernel.IgnoresKindChanges = true;
        ChangeResult<Link> result = _changer.SetMode(Macvtap, LinkMode.Source, ModeFlag.NoDestination, ["02:00:00:00:00:09"]);
        Assert.Equal(["Mode", "ModeFlag", "SourceAddress"], result.Differences.Select(d => d.Property));
        Assert.Equal("Mode was to be Source and the kernel has Vepa.", result.Differences[0].ToString());
        Assert.Empty(_changer.SetMode(Macvtap, LinkMode.Vepa, null, null).Differences);
    }

    [Fact]
    public void Other_addresses_of_the_same_number_are_found_out()
    {
        _kernel.After = line => _kernel.Links[3].Sources = ["02:00:00:00:00:08"];
        Assert.Equal("SourceAddress", Assert.Single(_changer.SetMode(Macvtap, LinkMode.Source, null, ["02:00:00:00:00:09"]).Differences).Property);
    }

    [Fact]
    public void A_link_that_turned_into_another_kind_is_found_out()
    {
        _kernel.After = line => _kernel.Links[3].Kind = "dummy";
        Assert.Equal("Kind", Assert.Single(_changer.SetMode(Macvtap, LinkMode.Bridge, null, null).Differences).Property);
    }

    [Theory]
    [InlineData(1, Errno.EINVAL)]
    [InlineData(2, Errno.ENODEV)]
    public void A_refused_change_and_a_refused_reading_are_both_failures(int number, Errno errno)
    {
        foreach (Func<object> change in (Func<object>[])[() => _changer.SetUp(Macvtap, true), () => _changer.SetMode(Macvtap, LinkMode.Bridge, null, null), () => _changer.SetMaster(_kernel.Get(5), _kernel.Get(4))])
        {
            int start = _kernel.Log.Count;
            _kernel.Refuses = (n, _) => n == start + number ? errno : null;
            Assert.Equal(errno, Assert.Throws<NetlinkException>(() => change()).Errno);
        }
    }

    [Fact]
    public void A_refused_mode_stays_as_it_was()
    {
        _kernel.Refuses = (_, line) => line == "NEWLINK 3" ? Errno.EINVAL : null;
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _changer.SetMode(Macvtap, LinkMode.Passthru, null, null));
        Assert.Contains("set the mode of mvt0 to Passthru", failure.Message, StringComparison.Ordinal);
        Assert.Equal(LinkMode.Vepa, Macvtap.Mode);
    }

    [Fact]
    public void A_list_that_cannot_be_is_refused_before_anything_is_sent()
    {
        Assert.Throws<Failures.MacvtapException>(() => _changer.SetMode(Macvtap, LinkMode.Source, null, ["x"]));
        Assert.Empty(_kernel.Channel.Sent);
    }

    [Fact]
    public void A_master_is_set_and_released()
    {
        Link port = _changer.SetMaster(_kernel.Get(5), _kernel.Get(4));
        Assert.Equal((4, "br0"), (port.MasterIndex, port.Master));
        Link free = _changer.SetMaster(port, null);
        Assert.Null(free.MasterIndex);
        Assert.Null(free.Master);
    }

    private int ConversationCount(int send) => MacvtapTools.Tests.Netlink.ConversationFixture.Sequences(_kernel.Channel.Sent[send]).Count;
}
