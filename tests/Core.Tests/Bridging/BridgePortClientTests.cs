using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Tests.Links;
using Xunit;

namespace MacvtapTools.Tests.Bridging;

public sealed class BridgePortClientTests : IDisposable
{
    private readonly FakeKernel _kernel = new();
    private readonly BridgePortClient _client;

    public BridgePortClientTests()
    {
        _kernel.Add(2, "br0", "bridge");
        _kernel.Add(3, "br1", "bridge");
        _kernel.Add(4, "p0", "dummy").Master = 2;
        _kernel.Add(5, "p1", "dummy").Master = 3;
        _kernel.Add(6, "free", "dummy");
        _client = new BridgePortClient(_kernel.Conversation, _kernel.Reader, new LinkChanger(_kernel.Conversation, _kernel.Reader));
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Ports_are_listed_of_all_bridges_or_of_one()
    {
        Assert.Equal([("p0", "br0"), ("p1", "br1")], _client.List().Select(p => (p.Name, p.Bridge)));
        Assert.Equal(["p1"], _client.List(3).Select(p => p.Name));
        Assert.Empty(_client.List(6));
    }

    [Fact]
    public void A_list_that_kept_changing_says_so()
    {
        bool said = false;
        Assert.Equal(2, _client.List(null, () => said = true).Count());
        Assert.False(said);
        _kernel.MissingInInterruptedDumps.Add(5);
        Assert.Equal(["p0"], _client.List(null, () => said = true).Select(p => p.Name));
        Assert.True(said);
    }

    [Fact]
    public void Hairpin_is_switched_on_and_off_and_read_back_in_one_send()
    {
        BridgePort port = _client.SetHairpin(Port(4), true);
        Assert.True(port.Hairpin);
        Assert.Equal("br0", port.Bridge);
        Assert.Equal(["SETLINK 4", "GETLINK 4"], _kernel.Log[..2]);
        Assert.False(_client.SetHairpin(port, false).Hairpin);
        Assert.False(_kernel.Links[4].Hairpin);
    }

    [Fact]
    public void Hairpin_that_was_acknowledged_and_not_set_is_found_out()
    {
        _kernel.IgnoresKindChanges = true;
        MacvtapException failure = Assert.Throws<MacvtapException>(() => _client.SetHairpin(Port(4), true));
        Assert.Equal(FailureId.ReadBackMismatch, failure.Id);
    }

    [Theory]
    [InlineData(1, Errno.EPERM)]
    [InlineData(2, Errno.ENODEV)]
    public void A_refused_change_and_a_refused_reading_are_both_failures(int number, Errno errno)
    {
        _kernel.Refuses = (n, _) => n == number ? errno : null;
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _client.SetHairpin(Port(4), true));
        Assert.Equal(errno, failure.Errno);
        Assert.Contains("switch on hairpin of p0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_left_its_bridge_is_found_out()
    {
        _kernel.After = line => _kernel.Links[4].Master = 0;
        Assert.Equal(FailureId.NotBridgePort, Assert.Throws<MacvtapException>(() => _client.SetHairpin(Port(4), true)).Id);
    }

    [Fact]
    public void A_link_becomes_a_port_and_is_released()
    {
        BridgePort port = _client.Add(_kernel.Get(6), _kernel.Get(2));
        Assert.Equal(("free", "br0", 2), (port.Name, port.Bridge, port.BridgeIndex));
        Assert.Null(_client.Remove(port).MasterIndex);
        Assert.Equal(0, _kernel.Links[6].Master);
    }

    [Fact]
    public void A_refused_enslaving_surfaces()
    {
        _kernel.Refuses = (_, line) => line == "SETLINK 6" ? Errno.EBUSY : null;
        Assert.Equal(Errno.EBUSY, Assert.Throws<NetlinkException>(() => _client.Add(_kernel.Get(6), _kernel.Get(2))).Errno);
    }

    [Fact]
    public void An_enslaving_that_was_acknowledged_and_not_done_is_found_out()
    {
        _kernel.After = line => _kernel.Links[6].Master = 0;
        Assert.Equal(Errno.EPROTO, Assert.Throws<KernelException>(() => _client.Add(_kernel.Get(6), _kernel.Get(2))).Errno);
    }

    private BridgePort Port(int index) => BridgePortClient.AsPort(_kernel.Get(index))!;
}
