using System.Diagnostics;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Protection;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Protection;

/// <summary>What stands in the kernel: read back, replaced, removed, beside what others put there.</summary>
public sealed class ProtectionClientTests
{
    private static readonly ProtectionRules Some = new() { BlockDhcpServer = true, Sources = [1, 2, 3], NeighbourAddresses = [7] };

    [Fact]
    public void The_kernel_gives_back_what_it_was_given()
    {
        using ProtectionBench bench = new(isOpen: false);
        Assert.False(bench.Client.Read(bench.Link).IsProtected);
        ProtectionReading reading = bench.Client.Set(bench.Link, new ProtectionRules { Isolate = true, Siblings = [5, 9], Sources = Some.Sources, BlockRouterAdvertisement = true, ArpAddresses = [1] });
        var protection = new LinkProtection(bench.Link, reading, [5, 9, 11]);
        Assert.Equal(ProtectionState.Outdated, protection.State);
        Assert.Equal(["00:00:00:00:00:01", "00:00:00:00:00:02", "00:00:00:00:00:03"], protection.AllowSourceAddress);
        Assert.Equal(["00:00:00:00:00:05", "00:00:00:00:00:09"], protection.IsolatedFrom);
        Assert.Equal(["00:00:00:00:00:0b"], protection.NotIsolatedFrom);
        Assert.Equal(["0.0.0.1"], protection.AllowArpFor);
        Assert.Equal((true, false, true), (protection.Isolate, protection.BlockDhcpServer, protection.BlockRouterAdvertisement));
        Assert.NotNull(reading.Incoming);
        Assert.Null(bench.Client.Set(bench.Link, Some).Incoming);
    }

    [Fact]
    public void The_hook_that_was_made_goes_with_it()
    {
        using ProtectionBench bench = new(isOpen: false);
        string before = bench.Hooks();
        bench.Client.Set(bench.Link, bench.IsolatedRules);
        bench.Client.Set(bench.Link, Some);
        Assert.Contains("clsact", bench.Hooks(), StringComparison.Ordinal);
        bench.Client.Remove(bench.Link);
        Assert.Equal(before, bench.Hooks());
        Assert.Equal(FailureId.ProtectionNotFound, Assert.Throws<MacvtapException>(() => bench.Client.Remove(bench.Link)).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_others_put_there_stays(bool isBefore)
    {
        using ProtectionBench bench = new(isOpen: false);
        if (isBefore) Others();
        ProtectionReading reading = bench.Client.Set(bench.Link, bench.IsolatedRules);
        if (!isBefore) Others();
        Assert.Equal(isBefore, reading.IsPreceded);
        Assert.NotNull(bench.Client.Read(bench.Link).Rules);
        bench.Client.Remove(bench.Link);
        Assert.Contains("clsact", bench.Hooks(), StringComparison.Ordinal);
        Assert.Contains("bytecode '1,6 0 0 4294967295'", bench.Tc("filter show dev m0 egress"), StringComparison.Ordinal);
        Assert.Contains("bytecode '1,6 0 0 4294967295'", bench.Tc("filter show dev m0 ingress"), StringComparison.Ordinal);

        void Others()
        {
            if (isBefore) bench.Tc("qdisc add dev m0 clsact");
            Programs.Run("tc", "-n", bench.Namespace, "filter", "add", "dev", "m0", "ingress", "pref", isBefore ? "1" : "50", "bpf", "da", "bytecode", "1,6 0 0 4294967295");
            Programs.Run("tc", "-n", bench.Namespace, "filter", "add", "dev", "m0", "egress", "pref", isBefore ? "1" : "50", "bpf", "da", "bytecode", "1,6 0 0 4294967295");
        }
    }

    [Fact]
    public void An_empty_hook_that_was_there_before_stays()
    {
        using ProtectionBench bench = new(isOpen: false);
        bench.Tc("qdisc add dev m0 clsact");
        string before = bench.Hooks();
        bench.Client.Set(bench.Link, Some);
        bench.Client.Set(bench.Link, bench.IsolatedRules);
        bench.Client.Remove(bench.Link);
        Assert.Equal(before, bench.Hooks());
    }

    [Fact]
    public void A_program_that_somebody_changed_is_told_apart_and_can_be_removed_and_replaced()
    {
        using ProtectionBench bench = new(isOpen: false);
        bench.Client.Set(bench.Link, Some);
        Programs.Run("tc", "-n", bench.Namespace, "filter", "replace", "dev", "m0", "egress", "pref", "1", "handle", $"{ProtectionClient.Handle}", "bpf", "da", "bytecode", "1,6 0 0 0", "flowid", "4d76:5470");
        ProtectionReading damaged = bench.Client.Read(bench.Link);
        Assert.True(damaged.IsProtected);
        Assert.Equal(ProtectionState.Damaged, new LinkProtection(bench.Link, damaged, []).State);
        Assert.NotNull(bench.Client.Set(bench.Link, Some).Rules);
        bench.Client.Remove(bench.Link);
        Assert.False(bench.Client.Read(bench.Link).IsProtected);
    }

    [Fact]
    public void Half_a_protection_is_damaged()
    {
        using ProtectionBench bench = new(isOpen: false);
        bench.Client.Set(bench.Link, bench.IsolatedRules);
        bench.Tc("filter del dev m0 ingress");
        Assert.Equal(ProtectionState.Damaged, new LinkProtection(bench.Link, bench.Client.Read(bench.Link), []).State);
    }

    /// <summary>The kernel refuses to remove a program that is too long for the message to its listeners.</summary>
    [Fact]
    public async Task A_long_program_is_removed_while_somebody_listens()
    {
        using ProtectionBench bench = new(isOpen: false);
        using Process listener = Process.Start(new ProcessStartInfo("tc", ["-n", bench.Namespace, "monitor"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            // It listens when it tells of a change.
            int turn = 0;
            Task<string?> told = listener.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
            for (long end = Environment.TickCount64 + 10_000; await Task.WhenAny(told, Task.Delay(20, TestContext.Current.CancellationToken)) != told; turn++)
            {
                Assert.True(Environment.TickCount64 < end);
                bench.Tc(turn % 2 == 0 ? "qdisc add dev m1 clsact" : "qdisc del dev m1 clsact");
            }

            var rules = new ProtectionRules { Sources = [.. Enumerable.Range(1, 760).Select(i => (ulong)i)] };
            ProtectionReading reading = bench.Client.Set(bench.Link, rules);
            Assert.True(reading.InstructionCount > 3600);
            Assert.Equal(760, reading.Rules!.Sources.Count);
            bench.Client.Remove(bench.Link);
            Assert.False(bench.Client.Read(bench.Link).IsProtected);
        }
        finally
        {
            listener.Kill();
        }
    }

    [Fact]
    public void It_stays_when_the_link_goes_down_and_up_and_is_lost_when_it_moves()
    {
        using ProtectionBench bench = new(isOpen: false);
        bench.Client.Set(bench.Link, Some);
        Lab.Ip(bench.Namespace, "link set m0 down");
        Lab.Ip(bench.Namespace, "link set m0 up");
        Lab.Ip(bench.Namespace, "link set m0 type macvtap mode vepa");
        Assert.NotNull(bench.Client.Read(bench.Link).Rules);
        string there = bench.NewNamespace();
        Lab.Ip(bench.Namespace, $"link set m0 netns {there}");
        using LinkSession session = LinkSession.Open(there);
        Assert.False(new ProtectionClient(session.Conversation).Read(session.Reader.Find("m0")!).IsProtected);
    }

    [Fact]
    public void A_link_that_is_gone_has_none_and_gets_none()
    {
        using ProtectionBench bench = new(isOpen: false);
        Link link = bench.Link;
        bench.Client.Set(link, Some);
        Lab.Ip(bench.Namespace, "link del m0");
        Assert.False(bench.Client.Read(link).IsProtected);
        NetlinkException refusal = Assert.Throws<NetlinkException>(() => bench.Client.Set(link, Some));
        Assert.Equal(FailureId.LinkNotFound, ProtectionCauses.Explain(refusal, link).Id);
    }

    [Fact]
    public void The_older_hook_is_in_the_way_and_stays()
    {
        using ProtectionBench bench = new(isOpen: false);
        bench.Tc("qdisc add dev m0 ingress");
        string before = bench.Hooks();
        Assert.Equal(FailureId.LinkBusy, Assert.Throws<MacvtapException>(() => bench.Client.Set(bench.Link, bench.IsolatedRules)).Id);
        Assert.Equal(before, bench.Hooks());
        Assert.False(bench.Client.Read(bench.Link).IsProtected);
    }

    [Fact]
    public void Only_who_may_configure_links_protects_and_everybody_looks()
    {
        using ProtectionBench bench = new(isOpen: false);
        bench.Client.Set(bench.Link, Some);
        WithoutCapability.Run(() =>
        {
            using LinkSession session = LinkSession.Open(bench.Namespace);
            var client = new ProtectionClient(session.Conversation);
            Link link = session.Reader.Find("m0")!;
            Assert.NotNull(client.Read(link).Rules);
            NetlinkException refusal = Assert.Throws<NetlinkException>(() => client.Set(link, Some));
            Assert.Equal(FailureId.AccessDenied, ProtectionCauses.Explain(refusal, link).Id);
            Assert.Throws<NetlinkException>(() => client.Remove(link));
        });
        Assert.NotNull(bench.Client.Read(bench.Link).Rules);
    }
}
