using System.Diagnostics;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Route;

/// <summary>Nothing that comes in a message makes its reading throw or go on for ever.</summary>
public sealed class LenientReadingTests(ITestOutputHelper output)
{
    private const int Flips = 100_000;
    private const int Seed = 20260101;

    public static TheoryData<string> Names => [.. CapturedReply.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reply_that_is_cut_off_anywhere_is_read_as_far_as_it_goes(string name)
    {
        byte[] body = CapturedReply.Load(name).Body();

        // Behind the first bytes a long list of addresses has the same pattern every 12 bytes.
        for (int length = 0; length <= body.Length; length += length < 8192 ? 1 : 997) ReadAll(body.AsSpan(0, length));
        byte[] datagram = CapturedReply.Load(name).Datagrams[0];
        for (int length = 0; length < Math.Min(datagram.Length, 4096); length++)
        {
            var reader = new MessageReader(datagram.AsSpan(0, length));
            while (reader.MoveNext()) ReadAll(reader.Body);
        }
    }

    [Fact]
    public void What_is_cut_off_says_so()
    {
        byte[] body = CapturedReply.Load("macvtap-bridge").Body();
        Assert.False(LinkCodec.Read(body).IsMalformed);
        Assert.True(LinkCodec.Read(body.AsSpan(0, 102)).IsMalformed);
        Assert.True(LinkCodec.Read(body.AsSpan(0, 15)).IsMalformed);
        Assert.True(LinkCodec.Read([]).IsMalformed);
    }

    [Fact]
    public void Bytes_that_are_changed_at_random_do_no_harm()
    {
        var random = new Random(Seed);
        byte[][] bodies = [.. CapturedReply.Names.Select(n => CapturedReply.Load(n).Body()).Where(b => b.Length < 8192)];
        byte[][] copies = [.. bodies.Select(b => (byte[])b.Clone())];
        var clock = Stopwatch.StartNew();
        int malformed = 0;
        for (int i = 0; i < Flips; i++)
        {
            int which = random.Next(bodies.Length);
            byte[] body = copies[which];
            for (int n = random.Next(1, 8); n > 0; n--) body[random.Next(body.Length)] = (byte)random.Next(256);
            if (ReadAll(body)) malformed++;
            bodies[which].CopyTo(body, 0);
        }

        output.WriteLine($"{Flips} changed messages, {malformed} of them malformed, in {clock.Elapsed}.");
        Assert.InRange(malformed, 1000, Flips);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "Reading takes longer than it can: somewhere it walks in circles.");
    }

    [Fact]
    public void Datagrams_of_random_bytes_do_no_harm()
    {
        var random = new Random(Seed);
        byte[] datagram = new byte[256];
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(datagram);

            // A plausible length, so that something is behind the header.
            BitConverter.TryWriteBytes(datagram, random.Next(0, 300));
            var reader = new MessageReader(datagram);
            while (reader.MoveNext()) ReadAll(reader.Body);
        }
    }

    /// <summary>Decodes, makes the object, asks it for everything.</summary>
    /// <returns>Whether the message was malformed.</returns>
    private static bool ReadAll(ReadOnlySpan<byte> body)
    {
        LinkRecord record = LinkCodec.Read(body);
        Link link = Link.From(record, new LinkNames(null, null, null));
        _ = (link.Name, link.Status, link.Mtu, link.MacAddress, link.LowerDeviceIndex, link.Flags, link.AlternativeName.Count, link.MaxMtu, link.AllMulticast, link.Statistics?.ToString());
        switch (link)
        {
            case MacvtapLink tap: _ = (tap.Mode, tap.SourceAddress.Count, tap.BroadcastCutoff, tap.BroadcastQueueLength, tap.TapDevice); break;
            case TapLink tap: _ = (tap.Mode, tap.Owner, tap.OwnerGroup, tap.Queues); break;
            case VethLink veth: _ = (veth.PeerIndex, veth.Peer); break;
            case BridgeLink bridge: _ = (bridge.ForwardDelay, bridge.AgeingTime, bridge.VlanFiltering); break;
        }

        if (record.Port is not null)
        {
            var port = new BridgePort(link);
            _ = (port.State, port.IsHairpinEffective, port.Cost, port.Priority, port.BackupPortIndex, port.GroupForwardMask);
        }

        _ = NeighbourCodec.Read(body).IsOwnGroup;
        ReadAddresses(link, body);
        RequestOutcome.FromError(NetlinkConstants.NLM_F_ACK_TLVS, body);
        RequestOutcome.FromDone(NetlinkConstants.NLM_F_ACK_TLVS, body);
        return record.IsMalformed;
    }

    /// <summary>The bytes as an address and as a route.</summary>
    private static void ReadAddresses(Link link, ReadOnlySpan<byte> body)
    {
        AddressRecord record = AddressCodec.Read(body);
        if (record.Own is not null)
        {
            var address = new LinkAddress(link, record);
            _ = (address.Address, address.Peer, address.Broadcast, address.Label, address.ValidLifetime, address.PreferredLifetime, address.Flags);
        }

        RouteRecord routeRecord = RouteCodec.Read(body);
        foreach (NextHop hop in routeRecord.NextHops)
        {
            var route = new LinkRoute(routeRecord, hop, null, null);
            _ = (route.Destination, route.Gateway, route.Metric, route.PreferredSource, route.InterfaceIndex, route.OnLink, route.ToString());
        }
    }
}
