using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>Macvtap and macvlan links as the kernel reports them. How each was made stands in its file.</summary>
public sealed class MacvlanReplyTests
{
    [Fact]
    public void A_macvtap_in_bridge_mode_with_all_the_general_facts()
    {
        MacvtapLink link = Assert.IsType<MacvtapLink>(CapturedReply.Link("macvtap-bridge", "up0"));
        Assert.Equal("mvt0", link.Name);
        Assert.Equal("mvt0", link.ToString());
        Assert.Equal(20, link.InterfaceIndex);
        Assert.Equal("macvtap", link.Kind);
        Assert.Equal(LinkStatus.Up, link.Status);
        Assert.Equal(AdministrativeStatus.Up, link.AdministrativeStatus);
        Assert.Equal(OperationalStatus.Up, link.OperationalStatus);
        Assert.Equal(1400, link.Mtu);
        Assert.Equal("02:00:00:00:00:20", link.MacAddress);
        Assert.Equal("up0", link.LowerDevice);
        Assert.Equal(10, link.LowerDeviceIndex);
        Assert.Null(link.LowerDeviceNamespaceId);
        Assert.Null(link.Master);
        Assert.Null(link.MasterIndex);
        Assert.Equal("ns", link.NetworkNamespace);
        Assert.True(link.Carrier);
        Assert.Equal(InterfaceFlag.Up | InterfaceFlag.Broadcast | InterfaceFlag.Running | InterfaceFlag.Multicast | InterfaceFlag.LowerUp | InterfaceFlag.AllMulticast, link.Flags);
        Assert.Equal(700, link.TransmitQueueLength);
        Assert.Equal("vm=web01 nic=0", link.Alias);
        Assert.Equal(["web01-nic0", "a-much-longer-alternative-name"], link.AlternativeName);
        Assert.Equal(7, link.Group);
        Assert.Equal(0, link.Promiscuity);
        Assert.Equal(1, link.AllMulticast);
        Assert.Equal(68, link.MinMtu);
        Assert.Equal(65535, link.MaxMtu);
        Assert.Null(link.PermanentMacAddress);
        Assert.Equal(AddressGeneration.None, link.AddressGeneration);
        Assert.Equal(4, link.QueueCount);
        Assert.NotNull(link.Statistics);
        Assert.Null(link.UnknownKindData);
        Assert.Equal(LinkMode.Bridge, link.Mode);
        Assert.Equal(ModeFlag.None, link.ModeFlag);
        Assert.Empty(link.SourceAddress);
        Assert.False(link.IsSourceAddressTruncated);
        Assert.Equal(1000, link.BroadcastQueueLength);
        Assert.Equal(1000, link.BroadcastQueueLengthUsed);
        Assert.Equal(1, link.BroadcastCutoff);
        Assert.Equal("/dev/tap20", link.TapDevice);
        Assert.Equal(1, link.Record.HardwareType);
        Assert.Equal(4u, link.Record.ReceiveQueueCount);
        Assert.False(link.Record.IsMalformed);
    }

    [Fact]
    public void A_macvtap_in_private_mode_that_is_down()
    {
        MacvtapLink link = Assert.IsType<MacvtapLink>(CapturedReply.Link("macvtap-private"));
        Assert.Equal((LinkMode.Private, 21, "02:00:00:00:00:21"), (link.Mode, link.InterfaceIndex, link.MacAddress));
        Assert.Equal(LinkStatus.Down, link.Status);
        Assert.Equal(AdministrativeStatus.Down, link.AdministrativeStatus);
        Assert.Equal(OperationalStatus.Down, link.OperationalStatus);
        Assert.Equal(AddressGeneration.Eui64, link.AddressGeneration);
        Assert.Null(link.Alias);
        Assert.Empty(link.AlternativeName);
        Assert.Equal(0, link.Group);
        Assert.Equal(0, link.AllMulticast);
        Assert.Null(link.LowerDevice);
        Assert.Equal(10, link.LowerDeviceIndex);
    }

    [Fact]
    public void A_macvtap_in_vepa_mode_with_a_broadcast_queue_and_cutoff()
    {
        MacvtapLink link = Assert.IsType<MacvtapLink>(CapturedReply.Link("macvtap-vepa-queue"));
        Assert.Equal(LinkMode.Vepa, link.Mode);
        Assert.Equal(5000, link.BroadcastQueueLength);
        Assert.Equal(5000, link.BroadcastQueueLengthUsed);
        Assert.Equal(3, link.BroadcastCutoff);
        Assert.Equal(11, link.LowerDeviceIndex);
    }

    [Fact]
    public void The_echo_of_a_create_is_the_link_itself_before_the_acknowledgement()
    {
        var messages = CapturedReply.Load("create-echo-and-ack").Messages();
        Assert.Equal([(int)RtnetlinkConstants.RTM_NEWLINK, MacvtapTools.Netlink.NetlinkConstants.NLMSG_ERROR], messages.Select(m => (int)m.Header.Type));
        LinkRecord record = LinkCodec.Read(messages[0].Body);
        Assert.Equal(("mvt2", 23, LinkMode.Vepa), (record.Name, record.Index, record.Macvlan!.Mode));
        Assert.True(MacvtapTools.Netlink.RequestOutcome.FromError(messages[1].Header.Flags, messages[1].Body).Succeeded);
    }

    [Fact]
    public void A_macvtap_in_source_mode_with_its_list()
    {
        MacvtapLink link = Assert.IsType<MacvtapLink>(CapturedReply.Link("macvtap-source-list"));
        Assert.Equal(LinkMode.Source, link.Mode);
        Assert.Equal(ModeFlag.NoDestination, link.ModeFlag);
        Assert.Equal(["02:aa:00:00:00:01", "02:aa:00:00:00:02", "02:aa:00:00:00:03"], link.SourceAddress.Order());
        Assert.Equal(3u, link.Record.Macvlan!.SourceAddressCount);
        Assert.False(link.IsSourceAddressTruncated);
    }

    [Fact]
    public void A_macvtap_in_passthru_mode_has_its_lower_devices_address()
    {
        MacvtapLink link = Assert.IsType<MacvtapLink>(CapturedReply.Link("macvtap-passthru-nopromisc"));
        Assert.Equal(LinkMode.Passthru, link.Mode);
        Assert.Equal(ModeFlag.NoPromiscuous, link.ModeFlag);
        Assert.Equal("02:00:00:00:01:0d", link.MacAddress);
    }

    [Fact]
    public void A_macvlan_is_no_macvtap()
    {
        MacvlanLink link = Assert.IsType<MacvlanLink>(CapturedReply.Link("macvlan-bridge", "up0"));
        Assert.Equal(("macvlan", LinkMode.Bridge, "mvl0", 22), (link.Kind, link.Mode, link.Name, link.InterfaceIndex));
        Assert.Equal(LinkStatus.Up, link.Status);
    }

    /// <summary>Link and lower device have the same index, 14, in two namespaces: that is not "no lower device".</summary>
    [Fact]
    public void A_lower_device_in_another_namespace_may_have_the_same_index()
    {
        MacvlanLink link = Assert.IsType<MacvlanLink>(CapturedReply.Link("macvlan-lower-in-other-namespace"));
        Assert.Equal(14, link.InterfaceIndex);
        Assert.Equal(14, link.LowerDeviceIndex);
        Assert.Equal(0, link.LowerDeviceNamespaceId);
        Assert.Null(link.LowerDevice);
    }

    /// <summary>
    /// 73 KB: the 16-bit lengths of three nests have wrapped. Behind the wrapped IFLA_LINKINFO the addresses of the list look like attributes 4 (IFLA_MTU);
    /// the lengths are right modulo 65536, and that is enough.
    /// </summary>
    [Fact]
    public void A_list_of_6000_source_addresses_is_read_whole_and_spoils_nothing_else()
    {
        Assert.Equal(73544, Assert.Single(CapturedReply.Load("source-list-6000").Datagrams).Length);
        MacvtapLink link = Assert.IsType<MacvtapLink>(CapturedReply.Link("source-list-6000"));
        Assert.False(link.Record.IsMalformed);
        Assert.False(link.IsSourceAddressTruncated);
        Assert.Equal(6000u, link.Record.Macvlan!.SourceAddressCount);
        Assert.Equal(6000, link.SourceAddress.Distinct().Count());
        Assert.All(link.SourceAddress, a => Assert.StartsWith("02:aa:00:00:", a, StringComparison.Ordinal));
        Assert.Equal(("many0", 92, LinkMode.Source, "02:00:00:00:00:92"), (link.Name, link.InterfaceIndex, link.Mode, link.MacAddress));
        Assert.Equal(1300, link.Mtu);
    }

    [Fact]
    public void A_dump_of_a_kind_has_every_link_of_it()
    {
        List<LinkRecord> records = [.. CapturedReply.Load("dump-macvtap").Messages().Where(m => m.Header.Type == RtnetlinkConstants.RTM_NEWLINK).Select(m => LinkCodec.Read(m.Body))];
        Assert.Equal(["mvt0", "mvt1", "mvt2", "mvt3", "mvt4"], records.Select(r => r.Name));
        Assert.All(records, r => Assert.NotNull(r.Macvlan));
        Assert.All(records, r => Assert.False(r.IsMalformed));
        Assert.Equal(
            [LinkMode.Bridge, LinkMode.Private, LinkMode.Vepa, LinkMode.Source, LinkMode.Passthru],
            records.Select(r => r.Macvlan!.Mode));
    }
}
