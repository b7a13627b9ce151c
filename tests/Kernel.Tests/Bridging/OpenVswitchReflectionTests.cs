using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>Hairpin of an Open vSwitch port, shown with frames.</summary>
public sealed class OpenVswitchReflectionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Siblings_in_vepa_mode_reach_each_other_with_hairpin_and_not_without()
    {
        using OpenVswitchBench bench = new();
        byte number = 0;
        foreach (bool on in new[] { false, true, false, true })
        {
            bench.Set("sw1", on);
            Speak(bench, "b", ++number);
            Assert.Equal(on, IsDelivered(bench, "a", "b", bench["b"].MacAddress!, ++number, on));
            Assert.Equal(on, IsDelivered(bench, "a", "b", TestFrames.Broadcast, ++number, on));
        }
    }

    [Fact]
    public void The_lower_device_is_reached_too()
    {
        using OpenVswitchBench bench = new();
        bench.Set("sw1", true);
        Speak(bench, "sw0", 1);
        Assert.True(IsDelivered(bench, "a", "sw0", bench["sw0"].MacAddress!, 2, true));
    }

    [Fact]
    public void A_frame_for_elsewhere_goes_there_once_and_does_not_come_back()
    {
        using OpenVswitchBench bench = new();
        bench.Set("sw1", true);
        Speak(bench, "far2", 1);
        using PacketSocket far = PacketSocket.Open(bench.Namespace, "far2");
        using PacketSocket near = PacketSocket.Open(bench.Namespace, "sw0");
        using PacketSocket a = PacketSocket.Open(bench.Namespace, "a");
        a.Send(TestFrames.Make(bench["far2"].MacAddress!, bench["a"].MacAddress!, 2));
        Assert.NotNull(far.Receive(f => TestFrames.Is(f, 2), LinkBench.Patience));
        Assert.Null(far.Receive(f => TestFrames.Is(f, 2), Short));
        Assert.Null(near.Receive(f => TestFrames.Is(f, 2), Short));
    }

    /// <summary>01:80:c2:00:00:0X is for the next bridge: spanning tree, LACP, LLDP.</summary>
    [Theory]
    [InlineData("01:80:c2:00:00:00")]
    [InlineData("01:80:c2:00:00:0e")]
    public void What_is_for_the_switch_itself_does_not_come_back(string group)
    {
        using OpenVswitchBench bench = new();
        bench.Set("sw1", true);
        Speak(bench, "b", 1);
        Assert.False(IsDelivered(bench, "a", "sw0", group, 2, false));
        Assert.True(IsDelivered(bench, "a", "sw0", "01:80:c2:00:00:10", 3, true)); // and the next one does
    }

    [Fact]
    public void Frames_from_elsewhere_are_delivered_as_before()
    {
        using OpenVswitchBench bench = new();
        bench.Set("sw1", true);
        Assert.True(IsDelivered(bench, "far2", "b", bench["b"].MacAddress!, 1, true));
        Assert.True(IsDelivered(bench, "far2", "b", TestFrames.Broadcast, 2, true));
    }

    [Fact]
    public void An_address_that_moved_away_is_reached_where_it_is()
    {
        using OpenVswitchBench bench = new();
        bench.Set("sw1", true);
        const string Guest = "02:00:00:00:99:01";
        using PacketSocket far = PacketSocket.Open(bench.Namespace, "far2");
        using PacketSocket here = PacketSocket.Open(bench.Namespace, "sw0");
        here.Send(TestFrames.Make(TestFrames.Broadcast, Guest, 1));
        Assert.NotNull(far.Receive(f => TestFrames.Is(f, 1), LinkBench.Patience));
        far.Send(TestFrames.Make(TestFrames.Broadcast, Guest, 2));
        Assert.NotNull(here.Receive(f => TestFrames.Is(f, 2), LinkBench.Patience));
        using PacketSocket a = PacketSocket.Open(bench.Namespace, "a");
        a.Send(TestFrames.Make(Guest, bench["a"].MacAddress!, 3));
        Assert.NotNull(far.Receive(f => TestFrames.Is(f, 3), LinkBench.Patience));
    }

    /// <summary>A broadcast by which the switch learns where a link is. It has arrived when this returns.</summary>
    private static void Speak(OpenVswitchBench bench, string name, byte number)
    {
        string witness = name == "far2" ? "sw0" : "far2";
        using PacketSocket far = PacketSocket.Open(bench.Namespace, witness);
        using PacketSocket socket = PacketSocket.Open(bench.Namespace, name);
        socket.Send(TestFrames.Make(TestFrames.Broadcast, bench[name].MacAddress!, number));
        Assert.NotNull(far.Receive(f => TestFrames.Is(f, number), LinkBench.Patience));
    }

    /// <summary>Sends a frame and looks for it. That it went out at all is not left to chance where it must not arrive.</summary>
    private static bool IsDelivered(OpenVswitchBench bench, string sender, string receiver, string destination, byte number, bool expected)
    {
        using PacketSocket from = PacketSocket.Open(bench.Namespace, sender);
        using PacketSocket to = PacketSocket.Open(bench.Namespace, receiver);
        using PacketSocket wire = PacketSocket.Open(bench.Namespace, "sw1");
        from.Send(TestFrames.Make(destination, bench[sender].MacAddress!, number));
        if (!expected) Assert.NotNull(wire.Receive(f => TestFrames.Is(f, number), LinkBench.Patience));
        return to.Receive(f => TestFrames.Is(f, number), expected ? LinkBench.Patience : Short) is not null;
    }
}
