using System.Reflection;
using MacvtapTools.Events;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Tests.Links;
using MacvtapTools.Tests.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Events;

/// <summary>Nothing that a link object shows is forgotten, and counters are no change.</summary>
public sealed class LinkComparisonTests
{
    /// <summary>The identity; counters; what follows from others by itself.</summary>
    private static readonly string[] NotCompared =
    [
        "InterfaceIndex", "IfIndex", "Kind", "NetworkNamespace", "Statistics", "TapDevice", "Bridge", "BridgeIndex",
        "MulticastGroupCount", "MulticastHostCount",

        // Where the port was found, not how it is set; the kernel announces only its own.
        "Backend", "OpenVswitchDatabase",

        // What the spanning tree is doing, not what somebody set: it would be an event for every port whenever the bridge gets another address.
        "RootId", "DesignatedBridgeId", "DesignatedPort", "DesignatedCost", "TopologyChangeAcknowledge", "ConfigurationPending", "MessageAgeTimer", "ForwardDelayTimer", "HoldTimer",
    ];

    [Theory]
    [InlineData(typeof(Link))]
    [InlineData(typeof(MacvlanLink))]
    [InlineData(typeof(MacvtapLink))]
    [InlineData(typeof(TapLink))]
    [InlineData(typeof(VethLink))]
    [InlineData(typeof(BridgeLink))]
    [InlineData(typeof(PhysicalLink))]
    [InlineData(typeof(BridgePort))]
    public void Every_property_is_compared(Type type)
    {
        IEnumerable<string> shown = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Distinct();
        Assert.Empty(shown.Except(NotCompared).Except(LinkComparison.Compared));
    }

    [Fact]
    public void Counters_are_no_change()
    {
        Assert.Empty(LinkComparison.Links(WithStatistics(1), WithStatistics(2)));
        Assert.Equal(2ul, WithStatistics(2).Statistics!.ReceivedPackets);
    }

    [Fact]
    public void The_order_of_addresses_is_no_change()
    {
        Link before = Read(new FakeLink { Index = 1, Name = "m", Kind = "macvtap", Sources = ["02:00:00:00:00:01", "02:00:00:00:00:02"] });
        Link other = Read(new FakeLink { Index = 1, Name = "m", Kind = "macvtap", Sources = ["02:00:00:00:00:02", "02:00:00:00:00:01"] });
        Link fewer = Read(new FakeLink { Index = 1, Name = "m", Kind = "macvtap", Sources = ["02:00:00:00:00:02"] });
        Assert.Empty(LinkComparison.Links(before, other));
        Assert.Equal(["SourceAddress"], LinkComparison.Links(before, fewer));
    }

    [Fact]
    public void What_a_broken_message_lacks_is_no_change()
    {
        var link = new FakeLink { Index = 1, Name = "m", Kind = "macvtap", Lower = 5, Generation = AddressGeneration.None };
        LinkRecord whole = Announcement.Read(Announcement.Of(link)).Record;
        var broken = new LinkRecord { Index = 1, IsMalformed = true };
        broken.CompleteFrom(whole);
        Assert.Equal((5, AddressGeneration.None), (broken.LinkIndex!.Value, broken.AddressGeneration!.Value));
    }

    [Fact]
    public void A_wireless_announcement_and_other_families_say_nothing()
    {
        byte[] wireless = Wire.Compose(RtnetlinkConstants.RTM_NEWLINK, 0, message =>
        {
            message.Header(new InterfaceMessage { Index = 3 });
            message.Text(IFLA.IFNAME, "wlan0");
            message.Bytes(IFLA.WIRELESS, [1, 2, 3, 4]);
        });
        byte[] inet6 = Wire.Compose(RtnetlinkConstants.RTM_NEWLINK, 0, message => message.Header(new InterfaceMessage { Family = 10, Index = 3 }));
        foreach (byte[] message in new[] { wireless, inet6 })
            Assert.False(LinkMessage.TryRead(RtnetlinkConstants.RTM_NEWLINK, message.AsSpan(NetlinkConstants.MessageHeaderLength), out _));
        Assert.False(LinkMessage.TryRead(RtnetlinkConstants.RTM_NEWNEIGH, new byte[16], out _));
        Assert.False(LinkMessage.TryRead(RtnetlinkConstants.RTM_NEWLINK, [], out _));
        Assert.False(LinkMessage.TryRead(RtnetlinkConstants.RTM_NEWLINK, new byte[5], out _));
    }

    private static Link Read(FakeLink link) => Link.From(Announcement.Read(Announcement.Of(link)).Record, default);

    private static Link WithStatistics(ulong packets)
    {
        LinkRecord record = Announcement.Read(Announcement.Of(new FakeLink { Index = 1, Name = "m" })).Record;
        record.Statistics = new LinkStatistics(BitConverter.GetBytes(packets));
        return Link.From(record, default);
    }
}
