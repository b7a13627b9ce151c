using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>Links of other kinds as the kernel reports them.</summary>
public sealed class OtherReplyTests
{
    [Fact]
    public void The_loopback_has_no_kind_no_lower_device_and_no_largest_mtu()
    {
        Link link = CapturedReply.Link("lo");
        Assert.IsType<Link>(link, exactMatch: true);
        Assert.Equal(("lo", 1, 65536), (link.Name, link.InterfaceIndex, link.Mtu));
        Assert.Null(link.Kind);
        Assert.Equal("00:00:00:00:00:00", link.MacAddress);
        Assert.Equal(OperationalStatus.Unknown, link.OperationalStatus);
        Assert.Equal(LinkStatus.Up, link.Status);
        Assert.Null(link.LowerDeviceIndex);
        Assert.Equal(0, link.MinMtu);
        Assert.Null(link.MaxMtu);
        Assert.Equal(InterfaceFlag.Up | InterfaceFlag.Loopback | InterfaceFlag.Running | InterfaceFlag.LowerUp, link.Flags);
        Assert.Equal(772, link.Record.HardwareType);
        Assert.Equal(AddressGeneration.Eui64, link.AddressGeneration);
    }

    [Fact]
    public void A_veth_end_has_a_peer_and_no_lower_device()
    {
        VethLink link = Assert.IsType<VethLink>(CapturedReply.Link("veth-same-namespace", "far0"));
        Assert.Equal(("up0", 10, "02:00:00:00:01:0a"), (link.Name, link.InterfaceIndex, link.MacAddress));
        Assert.Equal(("far0", 110), (link.Peer, link.PeerIndex));
        Assert.Null(link.PeerNamespaceId);
        Assert.Null(link.LowerDevice);
        Assert.Null(link.LowerDeviceIndex);
        Assert.Equal(LinkStatus.Up, link.Status);
        Assert.Equal(2, link.QueueCount);
        Assert.Equal(1u + 1u, link.Record.CarrierChanges);
    }

    [Fact]
    public void A_veth_end_whose_peer_has_the_same_index_in_another_namespace()
    {
        VethLink link = Assert.IsType<VethLink>(CapturedReply.Link("veth-other-namespace"));
        Assert.Equal((40, 40, 0), (link.InterfaceIndex, link.PeerIndex, link.PeerNamespaceId));
        Assert.Null(link.Peer);
        Assert.Equal(LinkStatus.Down, link.Status);
        Assert.False(link.Carrier);
    }

    [Fact]
    public void A_tap_with_owner_group_and_queues()
    {
        TapLink link = Assert.IsType<TapLink>(CapturedReply.Link("tap-multi-queue"));
        Assert.Equal(("tap0", "tun", TapMode.Tap), (link.Name, link.Kind, link.Mode));
        Assert.Equal((1000L, 1001L, 0), (link.OwnerId, link.GroupId, link.Group));
        Assert.True(link.MultiQueue);
        Assert.True(link.VnetHeader);
        Assert.True(link.Persistent);
        Assert.False(link.PacketInformation);
        Assert.Equal((0, 0), (link.Queues, link.DisabledQueues));
        Assert.Equal(256, link.QueueCount);
        Assert.Equal(65521, link.MaxMtu);
    }

    [Fact]
    public void A_tun_with_packet_information_and_nobody_as_owner()
    {
        TapLink link = Assert.IsType<TapLink>(CapturedReply.Link("tun"));
        Assert.Equal(TapMode.Tun, link.Mode);
        Assert.Null(link.Owner);
        Assert.Null(link.OwnerId);
        Assert.Null(link.OwnerGroup);
        Assert.Null(link.GroupId);
        Assert.True(link.PacketInformation);
        Assert.True(link.Persistent);
        Assert.False(link.MultiQueue);
        Assert.False(link.VnetHeader);
        Assert.Null(link.Queues);
        Assert.Null(link.DisabledQueues);
        Assert.Null(link.MacAddress);
        Assert.Equal(InterfaceFlag.PointToPoint | InterfaceFlag.NoArp | InterfaceFlag.Multicast, link.Flags);
        Assert.Equal(65534, link.Record.HardwareType);
    }

    [Fact]
    public void A_kind_without_data_is_a_plain_link()
    {
        Link link = CapturedReply.Link("ifb");
        Assert.IsType<Link>(link, exactMatch: true);
        Assert.Equal(("ifbx", "ifb", 60, 32), (link.Name, link.Kind, link.InterfaceIndex, link.TransmitQueueLength));
        Assert.Null(link.UnknownKindData);
    }

    [Fact]
    public void A_kind_that_is_not_known_keeps_its_data()
    {
        Link link = CapturedReply.Link("unknown-kind-vxlan");
        Assert.IsType<Link>(link, exactMatch: true);
        Assert.Equal(("vxl0", "vxlan", 69), (link.Name, link.Kind, link.InterfaceIndex));
        Assert.Equal(196, link.UnknownKindData?.Length);
        Assert.Equal("0800010005000000", Convert.ToHexStringLower(link.UnknownKindData!.AsSpan(0, 8)));
    }
}
