using MacvtapTools.Guests;
using MacvtapTools.Guests.Relays;
using MacvtapTools.Interop;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Kernel.Tests.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Guests;

/// <summary>Relays on real tap devices.</summary>
public sealed class TapRelayTests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly List<TapRelay> _relays = [];
    private readonly EndpointBench _bench;

    public TapRelayTests() => _bench = new EndpointBench(_lab, "mvt0", "mvt1");

    public void Dispose()
    {
        foreach (TapRelay relay in _relays) RelayStarter.Remove(relay);
        _bench.Dispose();
        _lab.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Frames_pass_between_a_guest_and_the_others_on_the_wire(int queues)
    {
        TapEndpoint endpoint = _bench.Open("mvt0", new TapEndpointOptions { QueueCount = queues });
        TapEndpoint other = _bench.Open("mvt1");
        TapRelay relay = Start(endpoint);
        using SafeFileHandle guest = Take(relay);
        Await(() => relay.State == TapRelayState.Running);
        for (byte i = 1; i < 20; i++)
        {
            byte[] there = TestFrames.Make(other.MacAddress, endpoint.MacAddress, i);
            Assert.Equal(there.Length, Libc.Write(guest, there));
            Assert.Equal(there, EndpointBench.Next(other, i));
            byte[] back = TestFrames.Make(endpoint.MacAddress, other.MacAddress, i);
            other.Send(back);
            Assert.Equal(back, Next(guest, i));
        }

        // A frame is counted when it has been carried: the other side can have it before.
        Await(() => relay.SentFrames >= 19 && relay.ReceivedFrames >= 19);
    }

    [Fact]
    public void What_a_link_that_is_off_would_swallow_is_counted_as_dropped()
    {
        TapEndpoint endpoint = _bench.Open("mvt0");
        TapRelay relay = Start(endpoint);
        using SafeFileHandle guest = Take(relay);
        Await(() => relay.State == TapRelayState.Running);
        Lab.Ip(_bench.Namespace, "link set mvt0 down");
        byte[] frame = TestFrames.Make(TestFrames.Broadcast, endpoint.MacAddress, 1);
        Assert.Equal(frame.Length, Libc.Write(guest, frame));
        Await(() => relay.SendDropped + relay.SentFrames > 0);
        Assert.Equal((0, 1), (relay.SentFrames, relay.SendDropped));
    }

    [Fact]
    public void A_vnet_header_passes_as_it_is()
    {
        TapEndpoint endpoint = _bench.Open("mvt0", new TapEndpointOptions { VnetHeader = true, VnetHeaderSize = 12 });
        TapEndpoint other = _bench.Open("mvt1");
        TapRelay relay = Start(endpoint);
        Assert.Equal(12, relay.VnetHeaderSize);
        using SafeFileHandle guest = Take(relay);
        Await(() => relay.State == TapRelayState.Running);
        byte[] frame = TestFrames.Make(other.MacAddress, endpoint.MacAddress, 5);
        Libc.Write(guest, [.. new byte[12], .. frame]);
        Assert.Equal(frame, EndpointBench.Next(other, 5));
    }

    [Theory]
    [InlineData("mvt0")]
    [InlineData("v0")]
    public void A_link_that_is_deleted_ends_it_and_the_guest_learns_it(string deleted)
    {
        TapRelay relay = Start(_bench.Open("mvt0"));
        using SafeFileHandle guest = Take(relay);
        Await(() => relay.State == TapRelayState.Running);
        Lab.Ip(_bench.Namespace, $"link delete {deleted}");
        Assert.True(relay.WaitForEnd(EndpointBench.Patience));
        Assert.Equal((TapRelayState.Ended, TapRelayReason.LinkGone), (relay.State, relay.Reason));
        Await(() => Libc.HasHungUp(guest));
    }

    [Fact]
    public void It_ends_in_the_middle_of_a_stream_too_when_the_link_is_deleted()
    {
        TapEndpoint endpoint = _bench.Open("mvt0");
        TapRelay relay = Start(endpoint);
        using SafeFileHandle guest = Take(relay);
        byte[] frame = TestFrames.Make("02:00:00:00:00:99", endpoint.MacAddress, 1);
        Await(() => relay.State == TapRelayState.Running);
        Thread deleter = new(() => Lab.Ip(_bench.Namespace, "link delete mvt0"));
        deleter.Start();
        for (long end = Environment.TickCount64 + (long)EndpointBench.Patience.TotalMilliseconds; relay.State == TapRelayState.Running && Environment.TickCount64 < end;)
        {
            // Without a reader a write fails; until then there is always something to carry.
            if (Libc.Poll(guest, Libc.POLLOUT, 10)) Libc.Write(guest, frame);
        }

        deleter.Join();
        Assert.Equal(TapRelayReason.LinkGone, relay.Reason);
    }

    [Fact]
    public void A_link_that_is_switched_off_loses_frames_and_carries_them_again_when_it_is_on()
    {
        Requires.ClassicTaps();
        Lab.Ip(_bench.Namespace, "tuntap add t0 mode tap");
        Lab.Ip(_bench.Namespace, "link set t0 up");
        TapRelay relay = Start(_bench.Open("t0"));
        using SafeFileHandle guest = Take(relay);
        Await(() => relay.State == TapRelayState.Running);
        byte[] frame = TestFrames.Make("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:77", 1);
        Lab.Ip(_bench.Namespace, "link set t0 down");
        Libc.Write(guest, frame);
        Await(() => relay.SendDropped == 1);
        Lab.Ip(_bench.Namespace, "link set t0 up");
        Libc.Write(guest, frame);
        Await(() => relay.SentFrames == 1);
        Assert.Equal(TapRelayState.Running, relay.State);
    }

    [Fact]
    public void An_endpoint_that_its_owner_closes_ends_it_and_one_of_the_relay_s_own_is_closed_with_it()
    {
        TapEndpoint given = _bench.Open("mvt0");
        TapRelay relay = Start(given);
        using SafeFileHandle guest = Take(relay);
        Await(() => relay.State == TapRelayState.Running);
        given.Dispose();
        Assert.True(relay.WaitForEnd(EndpointBench.Patience));
        Assert.Equal(TapRelayReason.EndpointClosed, relay.Reason);

        TapEndpoint own = _bench.Open("mvt1");
        RelayStarter.Start(own, true, null, false).Dispose();
        Assert.Equal(TapEndpointState.Closed, own.State);
        TapEndpoint kept = _bench.Open("mvt1");
        RelayStarter.Start(kept, false, null, false).Dispose();
        Assert.NotEqual(TapEndpointState.Closed, kept.State);
    }

    [Fact]
    public void A_cable_joins_two_wires()
    {
        Lab.AddVeth(_bench.Namespace, "w0", "w1");
        Lab.AddMacvtap(_bench.Namespace, "far0", "w0", Lab.NewIndex());
        Lab.AddMacvtap(_bench.Namespace, "far1", "w0", Lab.NewIndex());
        TapEndpoint near = _bench.Open("mvt1");
        TapEndpoint far = _bench.Open("far1");
        TapRelay relay = RelayStarter.StartCable(_bench.Open("mvt0"), true, _bench.Open("far0"), true);
        _relays.Add(relay);
        Await(() => relay.State == TapRelayState.Running);
        near.Send(TestFrames.Make("ff:ff:ff:ff:ff:ff", near.MacAddress, 1));
        Assert.NotNull(EndpointBench.Next(far, 1));
        far.Send(TestFrames.Make("ff:ff:ff:ff:ff:ff", far.MacAddress, 2));
        Assert.NotNull(EndpointBench.Next(near, 2));
        Assert.Throws<Failures.MacvtapException>(() => RelayStarter.StartCable(_bench.Open("mvt1"), true, _bench.Open("mvt1"), true));
        Lab.Ip(_bench.Namespace, "link delete far0");
        Assert.True(relay.WaitForEnd(EndpointBench.Patience));
        Assert.Equal(TapRelayReason.LinkGone, relay.Reason);
    }

    private static void Await(Func<bool> condition)
    {
        for (long end = Environment.TickCount64 + (long)EndpointBench.Patience.TotalMilliseconds; !condition(); Thread.Sleep(2))
            Assert.True(Environment.TickCount64 < end, "It did not come to that.");
    }

    private static byte[]? Next(SafeFileHandle guest, byte number)
    {
        byte[] buffer = new byte[2000];
        while (Libc.Poll(guest, Libc.POLLIN, (int)EndpointBench.Patience.TotalMilliseconds))
        {
            int length = Libc.Read(guest, buffer);
            if (TestFrames.Is(buffer.AsSpan(0, length), number)) return buffer[..length];
        }

        return null;
    }

    private static SafeFileHandle Take(TapRelay relay)
    {
        SafeFileHandle guest = Libc.Duplicate(GuestTap.Of(relay).Queues[0], 0)!;
        relay.HandOver("guest (1)");
        return guest;
    }

    private TapRelay Start(TapEndpoint endpoint)
    {
        TapRelay relay = RelayStarter.Start(endpoint, false, null, false);
        _relays.Add(relay);
        return relay;
    }
}
