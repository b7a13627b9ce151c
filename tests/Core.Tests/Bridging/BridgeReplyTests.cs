using MacvtapTools.Bridging;
using MacvtapTools.Route;
using MacvtapTools.Tests.Route;
using Xunit;

namespace MacvtapTools.Tests.Bridging;

/// <summary>Bridges and their ports as the kernel reports them.</summary>
public sealed class BridgeReplyTests
{
    [Fact]
    public void A_bridge_with_its_times()
    {
        BridgeLink bridge = Assert.IsType<BridgeLink>(CapturedReply.Link("bridge"));
        Assert.Equal(("br0", 50, "bridge"), (bridge.Name, bridge.InterfaceIndex, bridge.Kind));
        Assert.True(bridge.SpanningTree);
        Assert.Equal(TimeSpan.FromSeconds(4), bridge.ForwardDelay);

        // 123.45 s were asked for; the kernel counts in ticks of 4 ms.
        Assert.Equal(TimeSpan.FromSeconds(123.44), bridge.AgeingTime);
        Assert.False(bridge.MulticastSnooping);
        Assert.False(bridge.VlanFiltering);
        Assert.False(bridge.Record.IsMalformed);
    }

    [Fact]
    public void A_port_with_hairpin_that_isolation_makes_useless()
    {
        BridgePort port = BridgePortClient.AsPort(CapturedReply.Link("bridge-port-hairpin-isolated", "prt1", "br1"))!;
        Assert.Equal(("prt0", 52, "br1", 51), (port.Name, port.InterfaceIndex, port.Bridge, port.BridgeIndex));
        Assert.Equal("prt0", port.ToString());
        Assert.Equal("ns", port.NetworkNamespace);
        Assert.Equal(BridgePortState.Forwarding, port.State);
        Assert.True(port.Hairpin);
        Assert.True(port.Isolated);
        Assert.False(port.IsHairpinEffective);
        Assert.Equal((77L, 9), (port.Cost, port.Priority));
        Assert.True(port.Guard);
        Assert.False(port.BroadcastFlood);
        Assert.True(port.UnicastFlood);
        Assert.True(port.MulticastFlood);
        Assert.True(port.Learning);
        Assert.False(port.RootBlock);
        Assert.False(port.FastLeave);
        Assert.False(port.ProxyArp);
        Assert.False(port.ProxyArpWifi);
        Assert.False(port.MulticastToUnicast);
        Assert.False(port.VlanTunnel);
        Assert.False(port.NeighbourSuppression);
        Assert.False(port.Locked);
        Assert.False(port.MacAuthenticationBypass);
        Assert.Equal(0, port.GroupForwardMask);
        Assert.Equal(1, port.PortNumber);
        Assert.Null(port.BackupPortIndex);
        Assert.IsType<VethLink>(port.Link);
    }

    [Fact]
    public void A_port_with_hairpin_that_reflects()
    {
        BridgePort port = BridgePortClient.AsPort(CapturedReply.Link("bridge-port-hairpin"))!;
        Assert.True(port.Hairpin);
        Assert.False(port.Isolated);
        Assert.True(port.IsHairpinEffective);
        Assert.Equal((2L, 32, 2), (port.Cost, port.Priority, port.PortNumber));
        Assert.True(port.BroadcastFlood);
    }

    [Fact]
    public void What_is_in_no_bridge_is_no_port() => Assert.Null(BridgePortClient.AsPort(CapturedReply.Link("veth-same-namespace")));

    [Fact]
    public void The_bridge_family_tells_the_same_in_its_own_place()
    {
        var messages = CapturedReply.Load("bridge-port-dump").Messages();
        List<LinkRecord> records = [.. messages.Where(m => m.Header.Type == RtnetlinkConstants.RTM_NEWLINK).Select(m => LinkCodec.Read(m.Body))];
        Assert.Equal(["prt1", "prt0"], records.Select(r => r.Name));
        Assert.All(records, r => Assert.Equal(51, r.MasterIndex));
        BridgePortFacts there = records[1].Port!;
        BridgePortFacts here = LinkCodec.Read(CapturedReply.Load("bridge-port-hairpin-isolated").Body()).Port!;
        for (int attribute = 0; attribute < BridgePortCodec.Known; attribute++)
        {
            // 21 to 23 are timers: they ran between the two readings.
            if (attribute is < 21 or > 23) Assert.Equal((attribute, here[attribute]), (attribute, there[attribute]));
        }

        Assert.Null(here.Unknown);
    }
}
