using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Tests.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>What a codec writes it reads.</summary>
public sealed class CodecRoundTripTests
{
    [Fact]
    public void All_of_a_macvlan()
    {
        var random = new Random(7);
        for (int i = 0; i < 1000; i++)
        {
            byte[][] addresses = new byte[random.Next(0, 40)][];
            for (int n = 0; n < addresses.Length; n++) random.NextBytes(addresses[n] = new byte[6]);
            var settings = new MacvlanSettings(i % 2 == 0 ? MacvlanSettings.Macvlan : MacvlanSettings.Macvtap)
            {
                Mode = (LinkMode)(1 << random.Next(5)),
                Flags = (ModeFlag)random.Next(4),
                SourceAddresses = addresses,
                BroadcastQueueLength = (uint)random.NextInt64(1L << 32),
                BroadcastCutoff = random.Next(int.MinValue, int.MaxValue),
            };
            LinkRecord record = RoundTrip(settings);
            MacvlanFacts facts = record.Macvlan!;
            Assert.Equal(settings.Kind, record.Kind);
            Assert.Equal((settings.Mode, settings.Flags, settings.BroadcastQueueLength, settings.BroadcastCutoff), (facts.Mode, facts.Flags, facts.BroadcastQueueLength, facts.BroadcastCutoff));
            Assert.Equal(addresses.Select(a => HardwareAddress.Format(a)), facts.SourceAddresses);
        }
    }

    [Fact]
    public void What_is_not_set_is_not_sent()
    {
        var requests = new RequestBuffer();
        LinkRequests.ChangeKind(requests, 1, new MacvlanSettings(MacvlanSettings.Macvtap));
        Assert.Equal("140012000c0001006d6163767461700004000200", Convert.ToHexStringLower(requests.Bytes[32..]));
        MacvlanFacts facts = RoundTrip(new MacvlanSettings(MacvlanSettings.Macvtap)).Macvlan!;
        Assert.Null(facts.BroadcastQueueLength);
        Assert.Null(facts.BroadcastCutoff);
        Assert.Empty(facts.SourceAddresses);
        Assert.Equal((LinkMode)0, facts.Mode);
    }

    [Fact]
    public void A_mode_that_nobody_knows_yet_survives_as_its_number()
    {
        LinkRecord record = RoundTrip(new MacvlanSettings(MacvlanSettings.Macvtap) { Mode = (LinkMode)32, Flags = (ModeFlag)0x8004 });
        MacvtapLink link = Assert.IsType<MacvtapLink>(Link.From(record, default));
        Assert.Equal((32, "32"), ((int)link.Mode, link.Mode.ToString()));
        Assert.Equal(0x8004, (int)link.ModeFlag);
    }

    [Fact]
    public void The_longest_list_of_source_addresses_fits()
    {
        byte[][] addresses = [.. Enumerable.Range(0, MacvlanSettings.MostSourceAddresses).Select(i => new byte[] { 2, 0, 0, 0, (byte)(i >> 8), (byte)i })];
        LinkRecord record = RoundTrip(new MacvlanSettings(MacvlanSettings.Macvtap) { Mode = LinkMode.Source, SourceAddresses = addresses });
        Assert.Equal(MacvlanSettings.MostSourceAddresses, record.Macvlan!.SourceAddresses.Length);
        Assert.False(record.IsMalformed);
    }

    [Fact]
    public void All_of_a_bridge()
    {
        BridgeFacts facts = RoundTrip(new BridgeSettings { ForwardDelay = 400, AgeingTime = 30000, StpState = 1, MulticastSnooping = 0 }).Bridge!;
        Assert.Equal((400u, 30000u, 1u, (byte)0), (facts.ForwardDelay, facts.AgeingTime, facts.StpState, facts.MulticastSnooping));
        facts = RoundTrip(new BridgeSettings()).Bridge!;
        Assert.Null(facts.ForwardDelay);
    }

    [Fact]
    public void A_veth_pair_names_its_peer()
    {
        var settings = new VethSettings { PeerName = "far0", PeerAddress = [2, 0, 0, 0, 0, 9], PeerMtu = 1400, PeerNamespaceDescriptor = 17 };
        byte[] data = RoundTrip(settings).UnknownKindData!;
        var peer = new AttributeReader(data);
        Assert.True(peer.MoveNext());
        LinkRecord record = LinkCodec.Read(peer.Value);
        Assert.Equal(("far0", "02:00:00:00:00:09", 1400u), (record.Name, record.Address, record.Mtu));
        Assert.Contains("08001c0011000000", Convert.ToHexStringLower(peer.Value), StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_a_link_message()
    {
        var requests = new RequestBuffer();
        var settings = new LinkSettings { Name = "abc", Index = 9, LowerIndex = 3, Address = [2, 0, 0, 0, 0, 1], Mtu = 1280, TransmitQueueLength = 5, QueueCount = 6, Up = true };
        LinkRequests.Create(requests, settings, new MacvlanSettings(MacvlanSettings.Macvlan), echo: false);
        LinkRecord record = LinkCodec.Read(requests.Bytes[16..]);
        Assert.Equal(("abc", 9, 3, "02:00:00:00:00:01"), (record.Name, record.Index, record.LinkIndex, record.Address));
        Assert.Equal((1280u, 5u, 6u, 6u, 1u), (record.Mtu, record.TransmitQueueLength, record.TransmitQueueCount, record.ReceiveQueueCount, record.Flags));
    }

    [Fact]
    public void Address_generation_travels_in_two_nests()
    {
        foreach (AddressGeneration mode in Enum.GetValues<AddressGeneration>())
        {
            var requests = new RequestBuffer();
            LinkRequests.SetAddressGeneration(requests, 9, mode);
            Assert.Equal(mode, LinkCodec.Read(requests.Bytes[16..]).AddressGeneration);
        }
    }

    [Fact]
    public void A_bridge_port_keeps_what_it_does_not_know()
    {
        byte[] port = [.. Wire.Attribute(4, 1), .. Wire.Attribute(60, 7u), .. Wire.Attribute(64, 1), .. Wire.Attribute(200, 1), .. Wire.Attribute(33, 1, 0, 0), .. Wire.Attribute(24)];
        BridgePortFacts facts = BridgePortCodec.Read(new AttributeReader(port));
        Assert.True(facts.IsSet(BridgePortCodec.MODE));
        Assert.Equal(7ul, facts[60]);
        Assert.Equal(1ul, facts[33]);
        Assert.Null(facts[24]);
        Assert.Equal([64, 200], facts.Unknown);
        Assert.Null(facts[64]);
        Assert.Null(facts[-1]);
    }

    [Fact]
    public void Attributes_that_nobody_knows_are_passed_over()
    {
        byte[] plain = CapturedReply.Load("macvtap-bridge").Body();
        byte[] more = [.. plain[..16], .. Wire.Attribute(0, 1u), .. Wire.Attribute(999, "future"), .. plain[16..], .. Wire.Attribute(0x3fff, 1, 2, 3)];
        LinkRecord record = LinkCodec.Read(more);
        Assert.Equal(("mvt0", LinkMode.Bridge, 1400u), (record.Name, record.Macvlan!.Mode, record.Mtu));
        Assert.False(record.IsMalformed);
    }

    [Fact]
    public void Nests_are_found_with_and_without_their_flag()
    {
        byte[] data = Wire.Attribute(1, 4u);
        foreach (int flag in (int[])[0, NetlinkConstants.NLA_F_NESTED])
        {
            byte[] info = [.. Wire.Attribute(IFLA.INFO_KIND, "macvtap"), .. Wire.Attribute(IFLA.INFO_DATA | flag, data)];
            Assert.Equal(LinkMode.Bridge, LinkCodec.Read([.. new byte[16], .. Wire.Attribute(IFLA.LINKINFO | flag, info)]).Macvlan?.Mode);
        }
    }

    /// <summary>The kernel sends the kind's data behind its name; a future one may not.</summary>
    [Fact]
    public void The_kind_may_stand_behind_its_data()
    {
        byte[] info = [.. Wire.Attribute(IFLA.INFO_DATA, Wire.Attribute(1, 4u)), .. Wire.Attribute(IFLA.INFO_KIND, "macvtap")];
        Assert.Equal(LinkMode.Bridge, LinkCodec.Read([.. new byte[16], .. Wire.Attribute(IFLA.LINKINFO, info)]).Macvlan?.Mode);
    }

    [Fact]
    public void A_tunnel_on_no_device_has_no_lower_device()
    {
        Link link = Link.From(LinkCodec.Read([.. new byte[4], 9, .. new byte[11], .. Wire.Attribute(IFLA.LINK, 0u)]), default);
        Assert.Equal(9, link.InterfaceIndex);
        Assert.Null(link.LowerDeviceIndex);
    }

    /// <summary>Writes IFLA_LINKINFO into a change and reads that as if the kernel had sent it.</summary>
    private static LinkRecord RoundTrip(KindSettings settings)
    {
        var requests = new RequestBuffer();
        LinkRequests.ChangeKind(requests, 5, settings);
        return LinkCodec.Read(requests.Bytes[NetlinkConstants.MessageHeaderLength..]);
    }
}
