using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Guests.Relays;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

/// <summary>A relay whose link is a socket pair too: what it does needs no tap device.</summary>
public sealed class TapRelayTests : IDisposable
{
    private readonly RelayEnds _link = new();
    private readonly List<TapRelay> _relays = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;

    private string SocketPath => Path.Combine(_directory, "relay");

    public void Dispose()
    {
        foreach (TapRelay relay in _relays) relay.Dispose();
        _link.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Frames_pass_both_ways_whole_and_are_counted()
    {
        using RelayEnds other = new();
        TapRelay relay = Start(other.Port);
        _link.Send(1, 2, 3);
        _link.Send(4);
        Assert.Equal([1, 2, 3], other.Next());
        Assert.Equal([4], other.Next());
        other.Send(5, 6);
        Assert.Equal([5, 6], _link.Next());
        RelayEnds.Until(() => relay.SentFrames == 1 && relay.ReceivedFrames == 2);
        Assert.Equal((4, 2, 0, 0), (relay.ReceivedBytes, relay.SentBytes, relay.ReceiveDropped, relay.SendDropped));
        Assert.Equal((TapRelayState.Running, TapRelayReason.None), (relay.State, relay.Reason));
    }

    [Fact]
    public void More_frames_than_a_batch_come_in_their_order()
    {
        using RelayEnds other = new();
        Start(other.Port);
        for (int i = 0; i < 3 * PacketBatch.Capacity; i++) _link.Send((byte)i);
        for (int i = 0; i < 3 * PacketBatch.Capacity; i++) Assert.Equal([(byte)i], other.Next());
    }

    [Fact]
    public void A_frame_that_is_too_long_is_dropped_and_those_around_it_pass()
    {
        using RelayEnds other = new();
        TapRelay relay = Start(other.Port);
        _link.Send(1);
        _link.Send(new byte[PacketBatch.LongestPacket + 1]);
        _link.Send([.. Enumerable.Repeat((byte)2, PacketBatch.LongestPacket)]);
        Assert.Equal([1], other.Next());
        Assert.Equal(PacketBatch.LongestPacket, other.Next().Length);
        Assert.Equal(1, relay.ReceiveDropped);
    }

    [Fact]
    public void A_side_that_takes_nothing_loses_frames_and_the_other_direction_goes_on()
    {
        using RelayEnds other = new();
        TapRelay relay = Start(other.Port);
        byte[] frame = new byte[60_000];
        for (int i = 0; relay.ReceiveDropped == 0; i++)
        {
            Assert.True(i < 10_000, "Nothing was dropped.");
            _link.Send(frame);
        }

        other.Send(9);
        Assert.Equal([9], _link.Next());
        Assert.Equal(TapRelayState.Running, relay.State);
    }

    [Fact]
    public void It_ends_when_the_other_side_closes_after_what_was_sent_before()
    {
        using RelayEnds other = new();
        TapRelay relay = Start(other.Port);
        _link.Send(1); // never read: the kernel tells a closing with frames unread as a failure first
        RelayEnds.Until(() => relay.ReceivedFrames == 1);
        other.Send(2);
        other.Far.Dispose();
        Assert.True(relay.WaitForEnd(RelayEnds.Patience));
        Assert.Equal((TapRelayState.Ended, TapRelayReason.PeerClosed), (relay.State, relay.Reason));
        Assert.Equal([2], _link.Next());
    }

    [Fact]
    public void An_empty_packet_is_not_the_end()
    {
        using RelayEnds other = new();
        TapRelay relay = Start(other.Port);
        other.Send();
        other.Send(3);
        Assert.Equal([3], _link.Next());
        Assert.Equal(TapRelayState.Running, relay.State);
    }

    [Fact]
    public void It_is_stopped_at_once_in_every_state()
    {
        using RelayEnds other = new();
        TapRelay running = Start(other.Port);
        running.Dispose();
        Assert.Equal((TapRelayState.Ended, TapRelayReason.Stopped), (running.State, running.Reason));
        using RelayEnds link = new();
        TapRelay waiting = Start(null, link);
        waiting.Dispose();
        waiting.Dispose();
        Assert.Equal(TapRelayReason.Stopped, waiting.Reason);
        Assert.Equal(FailureId.TapRelayEnded, Assert.Throws<MacvtapException>(() => GuestTap.Of(waiting)).Id);
    }

    [Fact]
    public void What_waited_at_either_end_of_a_cable_is_lost()
    {
        using RelayEnds other = new();
        _link.Send(1);
        other.Send(1);
        Start(other.Port);
        _link.Send(2);
        other.Send(3);
        Assert.Equal([2], other.Next());
        Assert.Equal([3], _link.Next());
    }

    [Fact]
    public void What_came_before_the_guest_is_lost()
    {
        TapRelay relay = Start(null);
        _link.Send(1);
        Assert.Equal(TapRelayState.Listening, relay.State);
        using SafeFileHandle guest = Take(relay);
        RelayEnds.Until(() => relay.State == TapRelayState.Running);
        _link.Send(2);
        Assert.Equal([2], RelayEnds.Read(guest));
    }

    [Fact]
    public void A_guest_gets_the_other_end_and_what_is_known_of_the_link_and_nobody_gets_it_twice()
    {
        TapRelay relay = Start(null);
        GuestTap tap = GuestTap.Of(relay);
        Assert.Equal(("mvt0", "52:54:00:00:00:01", 0), (tap.Name, tap.Values(3).MacAddress, tap.Values(3).VnetHeaderSize));
        Assert.Equal([3], tap.Values(3).Descriptors);
        Assert.Same(tap.Queues[0], GuestTap.Of(relay).Queues[0]);
        using SafeFileHandle guest = Take(relay);
        Assert.Equal("guest (1)", relay.Peer);
        Assert.Equal(FailureId.TapRelayBusy, Assert.Throws<MacvtapException>(() => GuestTap.Of(relay)).Id);
        guest.Dispose();
        Assert.True(relay.WaitForEnd(RelayEnds.Patience));
        Assert.Equal(TapRelayReason.PeerClosed, relay.Reason);
    }

    [Fact]
    public void A_guest_connects_to_a_path_that_only_the_owner_may_use_and_that_is_removed()
    {
        TapRelay relay = Listen(false);
#pragma warning disable CA1416 // The tests run on Linux.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
#pragma warning restore CA1416
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => GuestTap.Of(relay)).Id);
        using SafeFileHandle guest = Connect();
        RelayEnds.Until(() => relay.State == TapRelayState.Running);
        Assert.False(File.Exists(SocketPath));
        RelayEnds.Write(guest, [1]);
        Assert.Equal([1], _link.Next());
        guest.Dispose();
        Assert.True(relay.WaitForEnd(RelayEnds.Patience));
    }

    [Fact]
    public void One_that_keeps_listening_serves_one_guest_after_the_other()
    {
        TapRelay relay = Listen(true);
        for (byte i = 0; i < 3; i++)
        {
            using SafeFileHandle guest = Connect();
            RelayEnds.Until(() => relay.State == TapRelayState.Running);
            RelayEnds.Write(guest, [i]);
            Assert.Equal([i], _link.Next());
            guest.Dispose();
            RelayEnds.Until(() => relay.State == TapRelayState.Listening);
        }

        relay.Dispose();
        Assert.False(File.Exists(SocketPath));
        Assert.Equal(TapRelayReason.Stopped, relay.Reason);
    }

    [Fact]
    public void It_ends_when_its_link_does_with_and_without_a_guest()
    {
        TapRelay relay = Listen(false);
        using SafeFileHandle guest = Connect();
        RelayEnds.Until(() => relay.State == TapRelayState.Running);
        _link.Far.Dispose();
        Assert.True(relay.WaitForEnd(RelayEnds.Patience));
        Assert.Empty(RelayEnds.Read(guest));
    }

    [Fact]
    public void Frames_take_no_memory()
    {
        const int Count = 20_000;
        using RelayEnds other = new();
        RelayPump pump = new(new WakeUp());
        byte[] frame = new byte[1500];
        byte[] buffer = new byte[2000];
        long allocated = long.MaxValue;
        Thread thread = new(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            pump.Run(_link.Port, other.Port);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        thread.Start();
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(frame.Length, Libc.Write(_link.Far, frame));
            Assert.True(Libc.Poll(other.Far, Libc.POLLIN, (int)RelayEnds.Patience.TotalMilliseconds));
            Assert.Equal(frame.Length, Libc.Read(other.Far, buffer));
        }

        other.Far.Dispose();
        Assert.True(thread.Join(RelayEnds.Patience));

        // What to wait for, once, and the rest of the thread's 8 KB that a collection counts as taken: less than a byte for each frame.
        Assert.InRange(allocated, 0, Count - 1);
    }

    private static SafeFileHandle Take(TapRelay relay)
    {
        SafeFileHandle guest = Libc.Duplicate(GuestTap.Of(relay).Queues[0], 0)!;
        GuestTap.Of(relay).HandOver("guest (1)");
        return guest;
    }

    private SafeFileHandle Connect()
    {
        SafeFileHandle guest = Libc.socket(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0);
        Assert.Equal(0, Libc.ConnectPath(guest, SocketPath));
        return guest;
    }

    private TapRelay Start(SocketPort? other, RelayEnds? link = null)
    {
        TapRelay relay = Keep(new TapRelay(RelayEnds.Facts, (link ?? _link).Port, other, null, false));
        if (other is not null) RelayEnds.Until(() => relay.State == TapRelayState.Running); // what came before is thrown away
        return relay;
    }

    private TapRelay Listen(bool keepListening) => Keep(new TapRelay(RelayEnds.Facts, _link.Port, null, RelaySocket.Open(SocketPath), keepListening));

    private TapRelay Keep(TapRelay relay)
    {
        _relays.Add(relay);
        return relay;
    }
}
