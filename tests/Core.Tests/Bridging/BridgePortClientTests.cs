using System.Reflection;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
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
        _client = new BridgePortClient(_kernel.Conversation, new LinkChanger(_kernel.Conversation, _kernel.Reader));
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Hairpin_is_switched_on_and_off_and_read_back_in_one_send()
    {
        Assert.Null(SetHairpin(true, out Link? on));
        Assert.True(BridgePortClient.AsPort(on!)!.Hairpin);
        Assert.Equal("br0", on!.Master);
        Assert.Equal(["SETLINK 4", "GETLINK 4"], _kernel.Log[..2]);
        Assert.Null(SetHairpin(false, out Link? off));
        Assert.False(BridgePortClient.AsPort(off!)!.Hairpin);
        Assert.False(_kernel.Links[4].Hairpin);
    }

    [Fact]
    public void Hairpin_that_was_acknowledged_and_not_set_is_found_out()
    {
        _kernel.IgnoresKindChanges = true;
        Assert.Equal(FailureId.ReadBackMismatch, EditCauses.Explain(SetHairpin(true, out Link? changed)!, 1, _kernel.Reader).Id);
        Assert.Null(changed);
    }

    [Theory]
    [InlineData(1, Errno.EPERM)]
    [InlineData(2, Errno.ENODEV)]
    public void A_refused_change_and_a_refused_reading_are_both_failures(int number, Errno errno)
    {
        _kernel.Refuses = (n, _) => n == number ? errno : null;
        NetlinkException failure = Assert.IsType<NetlinkException>(SetHairpin(true, out _)!.Refusal);
        Assert.Equal(errno, failure.Errno);
        Assert.Contains("set Hairpin of p0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_left_its_bridge_is_found_out()
    {
        _kernel.After = line => _kernel.Links[4].Master = 0;
        Assert.Equal(FailureId.NotBridgePort, EditCauses.Explain(SetHairpin(true, out _)!, 1, _kernel.Reader).Id);
    }

    [Fact]
    public void Every_attribute_has_its_number_once_and_the_property_of_a_port()
    {
        Assert.Equal(PortAttribute.All.Select(a => a.Number), PortAttribute.All.Select(a => a.Number).Distinct().Order());
        Assert.All(PortAttribute.All, a => Assert.NotNull(typeof(BridgePort).GetProperty(a.Property)));
        Assert.Equal(typeof(PortAttribute).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Count(f => f.FieldType == typeof(PortAttribute)), PortAttribute.All.Count);
    }

    [Fact]
    public void A_flush_is_a_flag_in_the_ports_nest()
    {
        var requests = new RequestBuffer();
        BridgePortCodec.ComposeFlush(requests, 4);
        byte[] written = requests.Bytes.ToArray();
        Assert.Equal(16 + 16 + 4 + 4, written.Length);
        Assert.Equal([8, 0, 12, 0x80, 4, 0, 24, 0], written[^8..]);
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

    private LinkEditFailure? SetHairpin(bool on, out Link? changed) =>
        new LinkEditor(_kernel.Conversation, _kernel.Reader).Apply([PortChange.Create(_kernel.Get(4), PortAttribute.Hairpin, on ? 1u : 0u)], out changed);
}
