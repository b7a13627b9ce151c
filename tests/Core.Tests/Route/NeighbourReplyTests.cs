using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Tests.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>Forwarding entries as the kernel reports them, and requests for them.</summary>
public sealed class NeighbourReplyTests
{
    [Fact]
    public void The_groups_of_a_macvtap()
    {
        List<NeighbourRecord> records = Read("fdb-macvtap");
        Assert.All(records, r => Assert.Equal((12, true, false), (r.Index, r.IsOwnGroup, r.IsMalformed)));
        Assert.Contains("01:00:5e:00:00:fb", records.Select(r => HardwareAddress.Format(r.Address)));
        Assert.Contains("33:33:00:00:00:01", records.Select(r => HardwareAddress.Format(r.Address)));
    }

    [Fact]
    public void The_entries_of_the_bridge_for_its_port_are_no_groups_of_the_port()
    {
        List<NeighbourRecord> records = Read("fdb-bridge-port");
        NeighbourRecord[] ofBridge = [.. records.Where(r => !r.IsSelf)];
        Assert.NotEmpty(ofBridge);
        Assert.All(ofBridge, r => Assert.False(r.IsOwnGroup));
        Assert.Contains(records, r => r.IsOwnGroup);
    }

    [Fact]
    public void A_message_without_a_header_or_an_address_is_no_group()
    {
        Assert.True(NeighbourCodec.Read(new byte[11]).IsMalformed);
        Assert.False(NeighbourCodec.Read(new byte[12]).IsOwnGroup);
        byte[] shortAddress = [7, 0, 0, 0, 12, 0, 0, 0, 0x80, 0, 2, 0, .. Wire.Attribute(NeighbourCodec.NDA_LLADDR, 1)];
        Assert.False(NeighbourCodec.Read(shortAddress).IsOwnGroup);
    }

    [Fact]
    public void Removal_and_dump_are_as_bridge_sends_them()
    {
        var requests = new RequestBuffer();
        NeighbourCodec.ComposeRemoveSelf(requests, 4242, [1, 0, 0x5e, 0, 0, 0xfb]);
        Assert.Equal("280000001d00050001000000000000000700000092100000800002000a00020001005e0000fb0000", Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        NeighbourCodec.ComposeDump(requests, 12);
        Assert.Equal("1c0000001e000103020000000000000007000000" + "0c000000" + "00000000", Convert.ToHexStringLower(requests.Bytes));
    }

    private static List<NeighbourRecord> Read(string name) =>
        [.. CapturedReply.Load(name).Messages().Where(m => m.Header.Type == RtnetlinkConstants.RTM_NEWNEIGH).Select(m => NeighbourCodec.Read(m.Body))];
}
