using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Tests.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>Addresses as the kernel reports them, and requests for them.</summary>
public sealed class AddressReplyTests
{
    [Fact]
    public void Three_addresses_with_everything()
    {
        List<LinkAddress> addresses = Read();
        LinkAddress labelled = addresses.Single(a => a.IPAddress == "10.0.0.1");
        Assert.Equal(("10.0.0.1/24", 24, IPFamily.IPv4, AddressScope.Global, "eth0:web", "10.0.0.255"), (labelled.Address, labelled.PrefixLength, labelled.Family, labelled.Scope, labelled.Label, labelled.Broadcast));
        Assert.InRange(labelled.ValidLifetime!.Value.TotalSeconds, 590, 600);
        Assert.InRange(labelled.PreferredLifetime!.Value.TotalSeconds, 290, 300);
        Assert.Null(labelled.Peer);
        Assert.False(labelled.Flags.HasFlag(LinkAddressFlag.Permanent));

        LinkAddress peered = addresses.Single(a => a.IPAddress == "192.0.2.1");
        Assert.Equal(("192.0.2.1/32", "192.0.2.2", "eth0", 50L), (peered.Address, peered.Peer, peered.Label, peered.Metric));
        Assert.Null(peered.Broadcast);
        Assert.Null(peered.ValidLifetime);

        LinkAddress six = addresses.Single(a => a.IPAddress == "fd00::1");
        Assert.Equal(LinkAddressFlag.Permanent | LinkAddressFlag.NoDuplicateAddressDetection, six.Flags);
        Assert.Equal(("fd00::1/64", IPFamily.IPv6, 10), (six.Address, six.Family, six.InterfaceIndex));
        Assert.Null(six.Label);
    }

    [Fact]
    public void Addresses_of_a_wrong_length_are_none()
    {
        byte[] header = [2, 24, 0, 0, 7, 0, 0, 0];
        Assert.Null(AddressCodec.Read([.. header, .. Wire.Attribute(AddressCodec.IFA_LOCAL, 10, 0, 0)]).Own);
        Assert.Null(AddressCodec.Read([.. header, .. Wire.Attribute(AddressCodec.IFA_LOCAL, new byte[16])]).Own);
        Assert.Null(AddressCodec.Read([99, 24, 0, 0, 7, 0, 0, 0, .. Wire.Attribute(AddressCodec.IFA_LOCAL, 10, 0, 0, 1)]).Own);
        Assert.True(AddressCodec.Read(new byte[7]).IsMalformed);
        Assert.True(AddressCodec.Read([.. header, 99, 0, 1, 0]).IsMalformed);
    }

    /// <summary>As ip(8) of iproute2 6.1 sends them, but for the buffer size that it leaves behind.</summary>
    [Fact]
    public void Requests_are_composed_byte_for_byte()
    {
        var requests = new RequestBuffer();
        AddressCodec.ComposeAdd(requests, new AddressRecord { Family = 2, Index = 10, Local = [10, 0, 0, 1], PrefixLength = 24 });
        Assert.Equal("28000000" + "1400" + "0506" + "01000000" + "00000000" + "021800000a000000" + "080002000a000001" + "080001000a000001", Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        byte[] six = [0xfd, .. new byte[14], 1];
        AddressCodec.ComposeAdd(requests, new AddressRecord { Family = 10, Index = 10, Local = six, PrefixLength = 64, Flags = AddressCodec.IFA_F_NODAD });
        string text = Convert.ToHexStringLower(six);
        Assert.Equal("48000000" + "1400" + "0506" + "02000000" + "00000000" + "0a4000000a000000" + "14000200" + text + "14000100" + text + "0800080002000000", Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        AddressCodec.ComposeRemove(requests, 10, [192, 0, 2, 1], 32, [192, 0, 2, 2]);
        Assert.Equal("28000000" + "1500" + "0500" + "03000000" + "00000000" + "022000000a000000" + "08000200c0000201" + "08000100c0000202", Convert.ToHexStringLower(requests.Bytes));
        requests.Clear();
        AddressCodec.ComposeDump(requests, 10);
        Assert.Equal("18000000" + "1600" + "0103" + "04000000" + "00000000" + "000000000a000000", Convert.ToHexStringLower(requests.Bytes));
    }

    private static List<LinkAddress> Read()
    {
        Link link = CapturedReply.Link("veth-same-namespace");
        return [.. CapturedReply.Load("addr-dump").Messages().Where(m => m.Header.Type == RtnetlinkConstants.RTM_NEWADDR).Select(m => new LinkAddress(link, AddressCodec.Read(m.Body)))];
    }
}
