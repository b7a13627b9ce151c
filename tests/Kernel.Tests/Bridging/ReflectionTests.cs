using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>What hairpin is for, shown with frames.</summary>
public sealed class ReflectionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    [Theory]
    [InlineData(LinkMode.Vepa, false, false)]
    [InlineData(LinkMode.Vepa, true, true)]
    [InlineData(LinkMode.Bridge, false, true)]
    [InlineData(LinkMode.Bridge, true, true)]
    [InlineData(LinkMode.Private, false, false)]
    [InlineData(LinkMode.Private, true, true)]
    public void Between_siblings_a_frame_arrives_as_the_mode_and_hairpin_have_it(LinkMode mode, bool hairpin, bool arrives)
    {
        using BridgeBench bench = new();
        MacvlanLink b = MakeTwo(bench, mode);
        bench.Ports.SetHairpin(bench.Port("p1"), hairpin);
        Assert.Equal(arrives, IsDelivered(bench, b.MacAddress!, 1, arrives));
    }

    [Fact]
    public void A_change_takes_effect_at_once()
    {
        using BridgeBench bench = new();
        MacvlanLink b = MakeTwo(bench, LinkMode.Vepa);
        byte number = 0;
        foreach (bool on in new[] { false, true, false, true })
        {
            bench.Ports.SetHairpin(bench.Port("p1"), on);
            Assert.Equal(on, IsDelivered(bench, b.MacAddress!, ++number, on));
        }

        bench.Links.SetMode("a", LinkMode.Bridge);
        bench.Links.SetMode("b", LinkMode.Bridge);
        bench.Ports.SetHairpin(bench.Port("p1"), false);
        Assert.True(IsDelivered(bench, b.MacAddress!, ++number, true));
    }

    [Theory]
    [InlineData("isolated on", false)]
    [InlineData("state 2", false)]
    [InlineData("bcast_flood off", true)]
    public void What_is_called_ineffective_is(string setting, bool arrives)
    {
        using BridgeBench bench = new();
        MacvlanLink b = MakeTwo(bench, LinkMode.Vepa);
        BridgePort port = bench.Ports.SetHairpin(bench.Port("p1"), true);
        Assert.True(IsDelivered(bench, b.MacAddress!, 1, true));
        bench.Bridge($"link set dev p1 {setting}");
        port = bench.Port("p1");
        Assert.Equal(arrives, port.IsHairpinEffective);
        Assert.Equal(arrives, IsDelivered(bench, b.MacAddress!, 2, arrives));
        if (arrives) Assert.False(IsDelivered(bench, TestFrames.Broadcast, 3, false));
    }

    private static MacvlanLink MakeTwo(BridgeBench bench, LinkMode mode)
    {
        bench.Links.Create(w => w with { Name = "a", IsTap = false, Mode = mode, Up = true });
        return bench.Links.Create(w => w with { Name = "b", IsTap = false, Mode = mode, Up = true });
    }

    /// <summary>Sends a frame from a and looks for it at b. Whether it went out at all is not left to chance: a broadcast or one to b passes the wire, except where bridge mode delivers directly.</summary>
    private static bool IsDelivered(BridgeBench bench, string destination, byte number, bool expected)
    {
        using PacketSocket a = PacketSocket.Open(bench.Namespace, "a");
        using PacketSocket b = PacketSocket.Open(bench.Namespace, "b");
        using PacketSocket wire = PacketSocket.Open(bench.Namespace, "p1");
        a.Send(TestFrames.Make(destination, bench.Links["a"].MacAddress!, number));
        if (!expected) Assert.NotNull(wire.Receive(f => TestFrames.Is(f, number), LinkBench.Patience));
        return b.Receive(f => TestFrames.Is(f, number), expected ? LinkBench.Patience : Short) is not null;
    }
}
