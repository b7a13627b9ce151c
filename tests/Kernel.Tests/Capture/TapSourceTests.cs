using MacvtapTools.Failures;
using MacvtapTools.Frames;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Capture;

/// <summary>Frames out of tap devices, and into them.</summary>
public sealed class TapSourceTests
{
    [Fact]
    public void A_frame_comes_as_it_was_sent_with_its_tag_and_without_a_vnet_header()
    {
        using Lab lab = new();
        string space = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        using LinkSession session = LinkSession.Open(space);
        using TapEndpoint endpoint = Open(session, "mvt0", new TapEndpointOptions { VnetHeader = true, QueueCount = 2 });
        using FrameBench bench = FrameBench.Receive(space, endpoint);
        using PacketSocket far = PacketSocket.Open(space, "v1");
        byte[] frame = FrameText.Parse("ffffffffffff 020000000001 8100 6007 88b5 deadbeef");
        far.Send(frame);
        EthernetFrame seen = bench.Next()!;
        Assert.Equal(frame, seen.Bytes);
        Assert.Equal(("mvt0", space, FrameDirection.In), (seen.LinkName, seen.NetworkNamespace, seen.Direction));
    }

    [Fact]
    public void A_sender_that_stopped_receiving_leaves_every_frame_to_the_guest()
    {
        using Lab lab = new();
        string space = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        using LinkSession session = LinkSession.Open(space);
        using TapEndpoint guest = Open(session, "mvt0");
        using TapEndpoint sender = Open(session, "mvt0");
        sender.StopReceiving();
        using FrameBench bench = FrameBench.Receive(space, guest);
        using FrameBench outside = FrameBench.Watch(space, "v1");
        using PacketSocket far = PacketSocket.Open(space, "v1");
        for (int flow = 0; flow < 64; flow++)
        {
            // Another source port each: by flow, half of them would go to the other queue.
            byte[] frame = FrameText.Parse($"ffffffffffff 020000000001 0800 4500001c00000000401100000a0000010a0000ff {flow + 1000:x4} 0035 0008 0000");
            far.Send(frame);
            Assert.Equal(frame, bench.Next(0x0800)?.Bytes);
        }

        sender.Send(FrameText.Parse("ffffffffffff 020000000001 88b5 01"));
        Assert.Equal([1], outside.Next()!.Payload);
    }

    [Fact]
    public void A_device_that_goes_away_is_told()
    {
        using Lab lab = new();
        string space = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        using LinkSession session = LinkSession.Open(space);
        using FrameBench bench = FrameBench.Receive(space, Open(session, "mvt0"));
        Lab.Ip(space, "link del mvt0");
        Assert.Null(bench.Next());
        Assert.Equal(FailureId.TapDeviceNotFound, bench.Failure?.Id);
    }

    [Fact]
    public void Off_and_on_and_a_move_are_told_and_the_open_device_goes_on()
    {
        using Lab lab = new();
        string space = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        string other = lab.NewNamespace();
        using LinkSession session = LinkSession.Open(space);
        using FrameBench bench = FrameBench.Receive(space, Open(session, "mvt0"));
        Lab.Ip(space, "link set mvt0 down");
        bench.Until(() => bench.Changes.Count == 1);
        Lab.Ip(space, "link set mvt0 up");
        bench.Until(() => bench.Changes.Count == 2);
        Lab.Ip(space, $"link set mvt0 netns {other}");
        bench.Until(() => bench.Changes.Count == 3);
        Assert.Equal([LinkCondition.Down, LinkCondition.Up, LinkCondition.Moved], bench.Changes);
        Lab.Ip(other, "link set mvt0 up");
        using PacketSocket far = PacketSocket.Open(space, "v1");
        far.Send(FrameText.Parse("ffffffffffff 020000000001 88b5 01"));
        Assert.NotNull(bench.Next());
        Assert.Null(bench.Failure);
    }

    [Fact]
    public void A_classic_tap_link_gives_frames_too()
    {
        using Lab lab = new();
        string space = lab.NewNamespace();
        if (!File.Exists("/dev/net/tun")) Assert.Skip("There is no /dev/net/tun here, so no classic tap can be made.");
        Lab.Ip(space, "tuntap add tap0 mode tap");
        Lab.Ip(space, "link set tap0 up");
        using LinkSession session = LinkSession.Open(space);
        using FrameBench bench = FrameBench.Receive(space, TapEndpoint.Open((TapLink)session.Reader.Find("tap0")!));
        using PacketSocket host = PacketSocket.Open(space, "tap0");
        byte[] frame = FrameText.Parse("ffffffffffff 020000000001 88b5 01");
        host.Send(frame);
        Assert.Equal(frame, bench.Next()!.Bytes);
    }

    private static TapEndpoint Open(LinkSession session, string name, TapEndpointOptions? options = null) => TapEndpoint.Open(PacketSourceTests.Locate(session, name), options ?? new TapEndpointOptions());
}
