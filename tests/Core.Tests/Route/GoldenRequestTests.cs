using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Tests.Route;

/// <summary>Our code composes what the kernel took, byte for byte. Only the sequence number is masked; where ours asks for an acknowledgement besides, the table says so.</summary>
public sealed class GoldenRequestTests
{
    private const int Index = 4242;

    private static readonly Dictionary<string, (Action<RequestBuffer> Compose, bool AddsAcknowledgement)> Composers = new()
    {
        ["create macvtap mvt0 on ifindex 10, bridge, MAC, txqlen 1000, ECHO"] = (
            r => LinkRequests.Create(r, new LinkSettings { Name = "mvt0", LowerIndex = 10, Address = [2, 0, 0, 0, 0, 0xaa], TransmitQueueLength = 1000 }, Macvtap(LinkMode.Bridge), echo: true), false),
        ["create macvtap with chosen ifindex 4242 (=> /dev/tap4242), vepa, bcqueuelen 5000, bccutoff 3"] = (
            r => LinkRequests.Create(
                r,
                new LinkSettings { Name = "mvt1", Index = Index, LowerIndex = 10 },
                new MacvlanSettings(MacvlanSettings.Macvtap) { Mode = LinkMode.Vepa, BroadcastQueueLength = 5000, BroadcastCutoff = 3 },
                echo: false), false),
        ["create macvlan source mode, nodst, 2 source MACs"] = (
            r => LinkRequests.Create(
                r,
                new LinkSettings { Name = "src0", LowerIndex = 10 },
                new MacvlanSettings(MacvlanSettings.Macvlan) { Mode = LinkMode.Source, Flags = ModeFlag.NoDestination, SourceAddresses = [[2, 0xaa, 0, 0, 0, 1], [2, 0xaa, 0, 0, 0, 2]] },
                echo: false), false),
        ["change mode of 4242 to private (RTM_NEWLINK, no CREATE)"] = (r => LinkRequests.ChangeKind(r, Index, Macvtap(LinkMode.Private)), false),

        // Never sent by design: it is acknowledged and does nothing.
        ["WRONG: change mode with RTM_SETLINK (acks OK, does nothing)"] = (
            r =>
            {
                using MessageWriter message = LinkRequests.BeginChange(r, RTM_SETLINK, Index);
                Macvtap(LinkMode.Bridge).Write(message);
            }, false),
        ["set up"] = (r => LinkRequests.SetFlags(r, Index, IFF_UP, IFF_UP), false),
        ["set down"] = (r => LinkRequests.SetFlags(r, Index, 0, IFF_UP), false),
        ["set MAC"] = (r => LinkRequests.SetAddress(r, Index, [2, 0, 0, 0, 0, 0xbb]), false),
        ["set MTU 1400"] = (r => LinkRequests.SetNumber(r, Index, IFLA.MTU, 1400), false),
        ["rename"] = (r => LinkRequests.SetName(r, Index, "mvt2"), false),
        ["alias"] = (r => LinkRequests.SetAlias(r, Index, "vm=web01 nic=0"), false),
        ["txqlen"] = (r => LinkRequests.SetNumber(r, Index, IFLA.TXQLEN, 2000), false),
        ["allmulti on"] = (r => LinkRequests.SetFlags(r, Index, IFF_ALLMULTI, IFF_ALLMULTI), false),

        // Not sent by the product yet.
        ["altname add"] = (
            r =>
            {
                using MessageWriter message = r.Begin(RTM_NEWLINKPROP, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND);
                message.Header(new InterfaceMessage { Index = Index });
                using (message.Nest(IFLA.PROP_LIST | NLA_F_NESTED)) message.Text(IFLA.ALT_IFNAME, "web01-nic0");
            }, false),

        // Never sent by design: a name that fits is looked up as the link's own name, and the kernel finds the alternative names too.
        ["get by altname + EXT_MASK VF"] = (
            r =>
            {
                using MessageWriter message = r.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK);
                message.Header(default(InterfaceMessage));
                message.Text(IFLA.ALT_IFNAME, "web01-nic0");
                message.U32(IFLA.EXT_MASK, RTEXT_FILTER_VF);
            }, true),
        // Never sent by design: without an extended mask the kernel leaves out links that are longer than its buffer, without a word.
        ["dump kind=macvtap (server-side filter)"] = (
            r =>
            {
                using MessageWriter message = r.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP);
                message.Header(default(InterfaceMessage));
                using (message.Nest(IFLA.LINKINFO)) message.Text(IFLA.INFO_KIND, MacvlanSettings.Macvtap);
            }, false),
        ["bridge port hairpin on via AF_BRIDGE SETLINK PROTINFO|NESTED"] = (r => BridgePortCodec.ComposeSet(r, 11, BridgePortCodec.MODE, 1, 1), false),

        // Never sent by design: it switches on a port that somebody disabled.
        ["bridge port hairpin off via NEWLINK SLAVE_DATA"] = (
            r =>
            {
                using MessageWriter message = LinkRequests.BeginChange(r, RTM_NEWLINK, 11);
                using (message.Nest(IFLA.LINKINFO | NLA_F_NESTED))
                {
                    message.Text(IFLA.INFO_SLAVE_KIND, BridgePortCodec.SlaveKind);
                    using (message.Nest(IFLA.INFO_SLAVE_DATA | NLA_F_NESTED)) message.U8(BridgePortCodec.MODE, 0);
                }
            }, false),

        // Never sent by design: a list of links says of each what it is as a port.
        ["bridge port dump"] = (
            r =>
            {
                using MessageWriter message = r.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP);
                message.Header(new InterfaceMessage { Family = AF_BRIDGE });
            }, false),

        ["fdb add mcast self (guest multicast allow) on 4242"] = (r => NeighbourCodec.ComposeAddSelf(r, Index, [1, 0, 0x5e, 0, 0, 0xfb]), false),

        // Two that the kernel refuses, to see its words.
        ["error: unknown kind"] = (
            r =>
            {
                using MessageWriter message = BeginCreate(r);
                message.Text(IFLA.IFNAME, "x");
                using (message.Nest(IFLA.LINKINFO))
                {
                    message.Text(IFLA.INFO_KIND, "macfoo");
                    using (message.Nest(IFLA.INFO_DATA))
                    {
                    }
                }
            }, false),
        ["error: BC_QUEUE_LEN_USED rejected by policy"] = (
            r =>
            {
                const int IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8;
                using MessageWriter message = BeginCreate(r);
                message.Text(IFLA.IFNAME, "x");
                message.S32(IFLA.LINK, 10);
                using (message.Nest(IFLA.LINKINFO))
                {
                    message.Text(IFLA.INFO_KIND, MacvlanSettings.Macvtap);
                    using (message.Nest(IFLA.INFO_DATA)) message.U32(IFLA_MACVLAN_BC_QUEUE_LEN_USED, 1);
                }
            }, false),
        ["delete"] = (r => LinkRequests.Delete(r, Index), false),
    };

    public static TheoryData<string> Names => [.. GoldenRequest.All.Select(g => g.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_request_is_composed_as_the_kernel_took_it(string name)
    {
        Assert.True(Composers.TryGetValue(name, out (Action<RequestBuffer> Compose, bool AddsAcknowledgement) composer), $"Nothing composes the golden request '{name}'.");
        byte[] expected = [.. GoldenRequest.All.Single(g => g.Name == name).Bytes];
        if (composer.AddsAcknowledgement) expected[6] |= (byte)NLM_F_ACK;
        var requests = new RequestBuffer();
        composer.Compose(requests);
        Assert.Equal(1, requests.Count);
        Assert.Equal(Hex(expected), Hex(requests.Bytes.ToArray()));
    }

    [Fact]
    public void There_are_23_and_no_composer_is_without_one()
    {
        Assert.Equal(23, GoldenRequest.All.Count);
        Assert.Equal(GoldenRequest.All.Select(g => g.Name).Order(), Composers.Keys.Order());
    }

    [Fact]
    public void Requests_in_one_buffer_stand_one_behind_the_other_with_rising_sequence_numbers()
    {
        var requests = new RequestBuffer();
        foreach (GoldenRequest golden in GoldenRequest.All) Composers[golden.Name].Compose(requests);
        var reader = new MessageReader(requests.Bytes);
        uint sequence = requests.FirstSequence;
        int count = 0;
        while (reader.MoveNext())
        {
            Assert.Equal(sequence++, reader.Header.Sequence);
            count++;
        }

        Assert.False(reader.IsMalformed);
        Assert.Equal(23, count);
    }

    private static MacvlanSettings Macvtap(LinkMode mode) => new(MacvlanSettings.Macvtap) { Mode = mode };

    private static MessageWriter BeginCreate(RequestBuffer requests)
    {
        MessageWriter message = requests.Begin(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
        message.Header(default(InterfaceMessage));
        return message;
    }

    private static string Hex(byte[] request)
    {
        request.AsSpan(8, 4).Clear();
        return Convert.ToHexStringLower(request);
    }
}
