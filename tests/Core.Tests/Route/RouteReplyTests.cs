using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Routing;
using MacvtapTools.Tests.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>Routes as the kernel reports them, and requests for them.</summary>
public sealed class RouteReplyTests
{
    [Fact]
    public void Ipv4_routes_of_every_shape()
    {
        List<RouteRecord> records = Read("route-ipv4-dump");
        LinkRoute gateway = Only(records, "10.9.0.0/16");
        Assert.Equal(("10.0.0.5", 7L, "10.0.0.1", 10, 254L), (gateway.Gateway, gateway.Metric, gateway.PreferredSource, gateway.InterfaceIndex, gateway.Table));
        Assert.Equal((RouteProtocol.Boot, RouteType.Unicast, AddressScope.Global, false), (gateway.Protocol, gateway.Type, gateway.Scope, gateway.OnLink));

        RouteRecord hole = Find(records, "10.10.0.0/16");
        Assert.Empty(hole.NextHops);
        Assert.Equal((byte)RouteType.Blackhole, hole.Type);

        RouteRecord several = Find(records, "10.11.0.0/16");
        Assert.Equal([("10.0.0.6", 2), ("10.0.0.7", 1)], several.NextHops.Select(h => new LinkRoute(several, h, null, null)).Select(r => (r.Gateway!, r.Weight)));

        Assert.Equal("fe80::8", Only(records, "10.12.0.0/16").Gateway);
        LinkRoute onLink = Only(records, "0.0.0.0/0");
        Assert.Equal(("172.16.0.1", true), (onLink.Gateway, onLink.OnLink));
        LinkRoute connected = Only(records, "10.0.0.0/24");
        Assert.Null(connected.Gateway);
        Assert.Equal((RouteProtocol.Kernel, AddressScope.Link), (connected.Protocol, connected.Scope));
    }

    [Fact]
    public void Ipv6_routes_of_one_and_of_several_ways()
    {
        List<RouteRecord> records = Read("route-ipv6-dump");
        LinkRoute all = Only(records, "::/0");
        Assert.Equal(("fd00::9", 1024L, IPFamily.IPv6), (all.Gateway, all.Metric, all.Family));
        RouteRecord several = Find(records, "fd01::/64");
        Assert.Equal(["fd00::7", "fd00::8"], several.NextHops.Select(h => new LinkRoute(several, h, null, null).Gateway).Order());
    }

    [Fact]
    public void Ways_with_lengths_that_cannot_be_are_malformed_and_end()
    {
        byte[] header = [2, 16, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        foreach (byte length in (byte[])[0, 7, 200])
        {
            byte[] hop = [length, 0, 0, 0, 10, 0, 0, 0];
            Assert.True(RouteCodec.Read([.. header, .. Wire.Attribute(RouteCodec.RTA_MULTIPATH, hop)]).IsMalformed);
        }

        Assert.True(RouteCodec.Read(new byte[11]).IsMalformed);
        Assert.Null(new LinkRoute(RouteCodec.Read([.. header, .. Wire.Attribute(RouteCodec.RTA_OIF, 10u), .. Wire.Attribute(RouteCodec.RTA_GATEWAY, 1, 2, 3)]), new NextHop(10, [1, 2, 3], 0, 1), null, null).Gateway);
    }

    [Fact]
    public void Requests_are_composed_byte_for_byte()
    {
        Link link = CapturedReply.Link("veth-same-namespace");
        Assert.Equal(10, link.InterfaceIndex);
        var requests = new RequestBuffer();
        RouteCodec.ComposeAdd(requests, RouteBuilder.Build(link, "10.9.0.0/16", "10.0.0.5", 7, 254, "10.0.0.1", false));
        Assert.Equal(
            "4c000000" + "1800" + "0506" + "01000000" + "00000000" + "02100000fe040001" + "00000000" + "080001000a090000" + "08000f00fe000000" + "080007000a000001" + "0800060007000000" + "080005000a000005" + "080004000a000000",
            Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        RouteCodec.ComposeAdd(requests, RouteBuilder.Build(link, "10.12.0.0/16", "fe80::8", null, 1000, null, true));
        Assert.Equal(
            "4c000000" + "1800" + "0506" + "02000000" + "00000000" + "0210000000040001" + "04000000" + "080001000a0c0000" + "08000f00e8030000" + "16001200" + "0a00fe80000000000000000000000000" + "00080000" + "080004000a000000",
            Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        RouteCodec.ComposeRemove(requests, RouteBuilder.Build(link, "default", null, null, 254, null, false));
        Assert.Equal("2c000000" + "1900" + "0500" + "03000000" + "00000000" + "02000000fe04fd01" + "00000000" + "08000f00fe000000" + "080004000a000000", Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        RouteCodec.ComposeDump(requests, 10, 254, 10);
        Assert.Equal("2c000000" + "1a00" + "0103" + "04000000" + "00000000" + "0a00000000000000" + "00000000" + "08000f00fe000000" + "080004000a000000", Convert.ToHexStringLower(requests.Bytes));
    }

    [Fact]
    public void A_route_of_a_nexthop_object_is_removed_by_the_object()
    {
        byte[] header = [2, 16, 0, 0, 254, 4, 0, 6, 0, 0, 0, 0];
        RouteRecord route = RouteCodec.Read([.. header, .. Wire.Attribute(RouteCodec.RTA_DST, 10, 12, 0, 0), .. Wire.Attribute(RouteCodec.RTA_NH_ID, 7u), .. Wire.Attribute(RouteCodec.RTA_OIF, 10u)]);
        Assert.Equal(7, new LinkRoute(route, Assert.Single(route.NextHops), null, null).NextHopId);
        var requests = new RequestBuffer();
        RouteCodec.ComposeRemove(requests, route);
        Assert.Equal("34000000" + "1900" + "0500" + "01000000" + "00000000" + "02100000fe040000" + "00000000" + "080001000a0c0000" + "08000f00fe000000" + "08001e0007000000", Convert.ToHexStringLower(requests.Bytes));
    }

    private static List<RouteRecord> Read(string name) =>
        [.. CapturedReply.Load(name).Messages().Where(m => m.Header.Type == RtnetlinkConstants.RTM_NEWROUTE).Select(m => RouteCodec.Read(m.Body))];

    private static RouteRecord Find(List<RouteRecord> records, string destination) => records.Single(r => new LinkRoute(r, default, null, null).Destination == destination);

    private static LinkRoute Only(List<RouteRecord> records, string destination)
    {
        RouteRecord record = Find(records, destination);
        return new LinkRoute(record, Assert.Single(record.NextHops), null, null);
    }
}
