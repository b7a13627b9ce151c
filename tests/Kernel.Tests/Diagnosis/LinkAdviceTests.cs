using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>Each advice provoked for real; a healthy lab gives none.</summary>
public sealed class LinkAdviceTests
{
    [Theory]
    [InlineData("bridge")]
    [InlineData("vepa")]
    public void A_healthy_lab_gives_none(string mode)
    {
        using AdviceBench bench = new(mode);
        bench.AddTap("mvt1", mode);
        Assert.Empty(bench.Look());
    }

    [Theory]
    [InlineData("link set mvt0 allmulticast off", LinkAdviceTopic.GuestMulticast)]
    [InlineData("link set mvt0 mtu 1400", LinkAdviceTopic.MtuBelowLower)]
    [InlineData("link set mvt0 txqueuelen 0", LinkAdviceTopic.TransmitQueueZero)]
    [InlineData("link set mvt0 down", LinkAdviceTopic.LinkDown)]
    [InlineData("link set eth0 down", LinkAdviceTopic.LowerDeviceDown)]
    [InlineData("link set mvt0 addrgenmode eui64", LinkAdviceTopic.HostAddressGeneration)]
    [InlineData("addr add 10.1.1.1/24 dev mvt0", LinkAdviceTopic.HostAddress)]
    [InlineData("link set mvt0 type macvtap mode source", LinkAdviceTopic.SourceWithoutAddress)]
    public void One_change_gives_one_advice(string change, LinkAdviceTopic expected)
    {
        using AdviceBench bench = new();
        bench.Ip(change);
        LinkAdvice advice = Assert.Single(bench.Look());
        Assert.Equal((expected, "mvt0"), (advice.Topic, advice.Name));
        Assert.NotEmpty(advice.Advice);
        Assert.NotEmpty(advice.Evidence);
    }

    [Fact]
    public void A_group_of_the_guests_own_is_enough()
    {
        using AdviceBench bench = new();
        bench.Ip("link set mvt0 allmulticast off");
        Programs.Run("bridge", "-n", bench.Here, "fdb", "add", "33:33:ff:12:34:56", "dev", "mvt0", "self");
        Assert.Empty(bench.Look());
    }

    [Fact]
    public void Private_does_not_isolate_behind_a_relay()
    {
        using AdviceBench bench = new("private");
        bench.AddTap("mvt1", "private");
        Assert.Equal([LinkAdviceTopic.PrivateNotIsolated], bench.Topics());
        string advice = bench.Look()[0].Advice;
        Assert.Contains("Protect-Link mvt0 -Isolate", advice);
        Assert.Contains($"Disable-Hairpin p0 -NetworkNamespace {bench.Switch}", advice);
        bench.Bridge("hairpin off");
        Assert.Empty(bench.Look());
    }

    [Theory]
    [InlineData("hairpin off", LinkAdviceTopic.RelayMissing)]
    [InlineData("isolated on", LinkAdviceTopic.RelayIneffective)]
    [InlineData("bcast_flood off", LinkAdviceTopic.RelayIneffective)]
    [InlineData("state 0", LinkAdviceTopic.SwitchPortState)]
    public void Vepa_needs_a_port_that_reflects(string option, LinkAdviceTopic expected)
    {
        using AdviceBench bench = new("vepa");
        bench.AddTap("mvt1", "vepa");
        bench.Bridge(option);
        Assert.Equal([expected], bench.Topics());
    }

    [Theory]
    [InlineData("link set br0 down", "Enable-Link br0 -NetworkNamespace {0}")]
    [InlineData("", "Set-BridgePort p0 -State Forwarding -NetworkNamespace {0}")]
    public void The_advice_for_a_port_that_does_not_forward_names_what_is_off(string command, string expected)
    {
        using AdviceBench bench = new();
        if (command.Length > 0) Lab.Ip(bench.Switch, command);
        else bench.Bridge("state 0");
        LinkBench.Eventually(() => bench.Topics() is [LinkAdviceTopic.SwitchPortState], "only the port is told");
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, bench.Switch), Assert.Single(bench.Look()).Advice);
    }

    [Fact]
    public void Without_carrier_the_other_end_is_named()
    {
        using AdviceBench bench = new();
        Lab.Ip(bench.Switch, "link set p0 down");
        LinkBench.Eventually(() => bench.Topics() is [LinkAdviceTopic.NoCarrier], "only the carrier is missing");
        Assert.All(bench.Look(), a => Assert.Equal($"Enable-Link p0 -NetworkNamespace {bench.Switch}", a.Advice));
    }

    [Fact]
    public void An_MTU_above_the_other_ends()
    {
        using AdviceBench bench = new();
        Lab.Ip(bench.Switch, "link set p0 mtu 1300");
        Assert.Equal([LinkAdviceTopic.MtuAbovePeer], bench.Topics());
    }

    [Fact]
    public void Holders_and_access()
    {
        using AdviceBench bench = new();
        string path = $"/dev/tap{Lab.IpJson(bench.Here, "link show mvt0")[0].GetProperty("ifindex").GetInt32()}";
        Programs.Run("chmod", "666", path);
        Assert.Equal([LinkAdviceTopic.WorldAccess], bench.Topics());
        Programs.Run("chmod", "600", path);
        using (System.Diagnostics.Process other = System.Diagnostics.Process.Start("sh", ["-c", $"exec 3<>{path}; exec sleep 60"]))
        {
            try
            {
                LinkBench.Eventually(() => bench.Topics() is [LinkAdviceTopic.SeveralHolders], "the second process has it open");
            }
            finally
            {
                other.Kill();
                other.WaitForExit();
            }
        }

        Assert.Empty(bench.Look());
        bench.Close();
        Assert.Equal([LinkAdviceTopic.NoHolder], bench.Topics());
    }

    [Fact]
    public void A_node_that_is_missing_or_anothers()
    {
        using AdviceBench bench = new();
        int index = Lab.NewIndex();
        _ = bench.Lab.NewNamespaceWithMacvtap("first", index);
        bench.Ip($"link add link eth0 name mvt1 index {index} type macvtap mode bridge");
        bench.Ip("link set mvt1 addrgenmode none");
        Assert.Equal([LinkAdviceTopic.LinkDown, LinkAdviceTopic.TapNode], bench.Topics());
        Assert.Contains(bench.Look(), a => a.Severity == LinkAdviceSeverity.Error && a.Advice.StartsWith("Repair-TapDevice mvt1", StringComparison.Ordinal));
    }

    [Fact]
    public void Passthru_on_a_device_that_the_host_uses()
    {
        using AdviceBench bench = new("passthru");
        bench.Ip("addr add 10.1.1.1/24 dev eth0");
        Assert.Equal([LinkAdviceTopic.PassthruHostAddress], bench.Topics());
    }

    [Fact]
    public void The_same_address_in_another_namespace()
    {
        using AdviceBench bench = new();
        string address = Lab.IpJson(bench.Here, "link show mvt0")[0].GetProperty("address").GetString()!;
        string other = bench.Lab.NewNamespace();
        Lab.AddVeth(other, "v0", "v1");
        Lab.Ip(other, $"link add link v0 name twin address {address} type macvlan mode bridge");
        LinkAdvice advice = Assert.Single(bench.Look());
        Assert.Equal(LinkAdviceTopic.DuplicateMacAddress, advice.Topic);
        Assert.Contains($"twin in network namespace {other}", advice.Observation);
    }

    [Fact]
    public void A_macvlan_as_bridge_port()
    {
        using AdviceBench bench = new();
        bench.Ip("link add link eth0 name mv0 up type macvlan mode bridge");
        Lab.AddBridge(bench.Here, "br1", "mv0");
        Assert.Equal([LinkAdviceTopic.MacvlanInBridge], bench.Topics());
    }

    [Fact]
    public void Frames_that_nobody_reads()
    {
        using AdviceBench bench = new();
        // A sender is charged for what waits unread, and would wait for ever behind a longer queue.
        bench.Ip("link set mvt0 txqueuelen 50");
        using PacketSocket outside = PacketSocket.Open(bench.Switch, "p0");
        string address = Lab.IpJson(bench.Here, "link show mvt0")[0].GetProperty("address").GetString()!;
        for (int i = 0; i < 2000; i++) outside.Send(TestFrames.Make(address, "02:00:00:00:00:01", 1));
        LinkBench.Eventually(() => bench.Topics() is [LinkAdviceTopic.FrameDrops], "the queue of 50 is full");
    }

    [Fact]
    public void Broadcasts_that_find_the_queue_full()
    {
        using AdviceBench bench = new();
        bench.Ip("link set mvt0 type macvtap mode bridge bcqueuelen 1");
        for (int i = 0; i < 6; i++) bench.AddTap($"more{i}", "bridge");
        for (int i = 0; i < 6; i++) bench.Ip($"link set more{i} type macvtap mode bridge bcqueuelen 1");
        using PacketSocket outside = PacketSocket.Open(bench.Switch, "p0");
        LinkBench.Eventually(
            () =>
            {
                for (int i = 0; i < 2000; i++) outside.Send(TestFrames.Make(TestFrames.Broadcast, "02:00:00:00:00:01", 1));
                return bench.Look().Any(a => a is { Topic: LinkAdviceTopic.BroadcastDrops, Severity: LinkAdviceSeverity.Warning });
            },
            "the queue of broadcasts overflows");
    }
}
