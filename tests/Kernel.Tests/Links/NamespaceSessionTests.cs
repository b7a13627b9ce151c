using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Sessions into other namespaces than the process's own.</summary>
public sealed class NamespaceSessionTests
{
    [Fact]
    public void A_namespace_is_entered_by_name_by_path_and_by_process_id_and_its_links_say_which_was_used()
    {
        using LinkBench bench = new();
        bench.Create();
        using Process process = Programs.Start("ip", ["netns", "exec", bench.Namespace, "sleep", "60"]);
        try
        {
            string own = new FileInfo("/proc/self/ns/net").LinkTarget!;
            LinkBench.Eventually(() => new FileInfo($"/proc/{process.Id}/ns/net").LinkTarget is { } target && target != own, "a process in the namespace");
            foreach (string way in new[] { bench.Namespace, $"/run/netns/{bench.Namespace}", $"{process.Id}", $"/proc/{process.Id}/ns/net" })
            {
                using LinkSession session = LinkSession.Open(way);
                Assert.Equal(["lo", "p1", "p0", "m0"], session.Reader.List().Links.Select(l => l.Name));
                Assert.All(session.Reader.List().Links, l => Assert.Equal(way, l.NetworkNamespace));
                Assert.Equal(way, session.Reader.Find("m0")!.NetworkNamespace);
                Assert.Equal(bench.Lower.MacAddress, session.Sysfs.ReadText("class/net/p0/address"));
                Assert.Equal(way, session.Changer.SetUp(session.Reader.Find("m0")!, true).NetworkNamespace);
            }
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_one_the_current_namespace_is_meant_and_its_links_name_none(string? nothing)
    {
        using LinkSession session = LinkSession.Open(nothing);
        Link lo = session.Reader.Find("lo")!;
        Assert.Null(lo.NetworkNamespace);
        Assert.Equal(1, lo.InterfaceIndex);
        Assert.True(session.Namespace.IsCurrent);
    }

    [Fact]
    public void A_namespace_that_is_not_there_is_not_found()
    {
        Assert.Equal(FailureId.NetworkNamespaceNotFound, Assert.Throws<MacvtapException>(() => LinkSession.Open("no-such-namespace")).Id);
        Assert.Equal(FailureId.NetworkNamespaceNotFound, Assert.Throws<MacvtapException>(() => LinkSession.Open("/run/netns/no-such-namespace")).Id);
        Assert.Equal(FailureId.NetworkNamespaceNotFound, Assert.Throws<MacvtapException>(() => LinkSession.Open("2147483646")).Id);
    }

    [Fact]
    public void A_session_stays_in_its_namespace_when_the_name_is_deleted()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        Lab.Ip(other, "link add here type bridge");
        using LinkSession session = LinkSession.Open(other);
        Programs.Run("ip", "netns", "delete", other);
        Assert.Equal("bridge", session.Reader.Find("here")!.Kind);
    }

    [Fact]
    public void A_session_is_used_by_any_thread_and_none_of_them_moves()
    {
        using LinkBench bench = new();
        string own = new FileInfo("/proc/thread-self/ns/net").LinkTarget!;
        Link? found = null;
        string? there = null;
        Thread thread = new(() =>
        {
            found = bench.Session.Reader.Find("p0");
            there = new FileInfo("/proc/thread-self/ns/net").LinkTarget;
        });
        thread.Start();
        thread.Join();
        Assert.Equal("p0", found?.Name);
        Assert.Equal(own, there);
        Assert.Equal(own, new FileInfo("/proc/thread-self/ns/net").LinkTarget);
    }

    [Fact]
    public void A_link_that_was_moved_knows_that_its_lower_device_is_elsewhere()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        bench.Create(w => w with { Mode = LinkMode.Bridge });
        bench.Ip($"link set m0 netns {other}");

        using LinkSession session = LinkSession.Open(other);
        foreach (Link link in new[] { session.Reader.Find("m0")!, session.Reader.List().Links.Single(l => l.Name == "m0") })
        {
            Assert.Equal(("p0", bench.Namespace), (link.LowerDevice, link.LowerDeviceNamespace));
            Assert.Equal(bench.Lower.InterfaceIndex, link.LowerDeviceIndex);
            using NamespaceHandle home = NamespaceResolver.Open(bench.Namespace);
            Assert.Equal(session.Reader.NamespaceIdOf(home), link.LowerDeviceNamespaceId);
            Assert.NotNull(link.LowerDeviceNamespaceId);
            Assert.Equal(LinkMode.Bridge, Assert.IsType<MacvtapLink>(link).Mode);
        }

        // A link there with the lower device's index is not taken for it.
        Lab.Ip(other, $"link add decoy index {bench.Lower.InterfaceIndex} type bridge");
        Assert.Equal("p0", session.Reader.Find("m0")!.LowerDevice);
        Assert.Equal("p0", session.Reader.List().Links.Single(l => l.Name == "m0").LowerDevice);
    }

    [Fact]
    public void A_veth_pair_is_made_into_another_namespace()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        using (NamespaceHandle handle = NamespaceResolver.Open(other))
        {
            bench.Session.Creator.Create(
                new LinkSettings { Name = "near", Address = [2, 0, 0, 0, 0, 1], Mtu = 1400 },
                new VethSettings { PeerName = "far", PeerAddress = [2, 0, 0, 0, 0, 2], PeerMtu = 1400, PeerNamespaceDescriptor = (int)handle.File.DangerousGetHandle() });
        }

        using LinkSession there = LinkSession.Open(other);
        var near = (VethLink)bench["near"];
        var far = (VethLink)there.Reader.Find("far")!;
        Assert.Equal(far.InterfaceIndex, near.PeerIndex);
        Assert.Equal(near.InterfaceIndex, far.PeerIndex);
        Assert.Equal(("far", other), (near.Peer, near.PeerNamespace));
        Assert.Equal(("near", bench.Namespace), (((VethLink)there.Reader.Find("far")!).Peer, ((VethLink)there.Reader.Find("far")!).PeerNamespace));
        Assert.Null(near.LowerDeviceNamespace);
        Assert.NotNull(near.PeerNamespaceId);
        Assert.Equal(("02:00:00:00:00:01", "02:00:00:00:00:02"), (near.MacAddress, far.MacAddress));
        Assert.Equal((1400, 1400), (near.Mtu, far.Mtu));
        Assert.Null(bench.Session.Reader.Find("far"));
    }

    [Fact]
    public void A_link_is_made_in_another_namespace_than_its_lower_device()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        using LinkSession there = LinkSession.Open(other);
        int index = Lab.NewIndex();
        foreach (bool isTap in new[] { true, false })
        {
            MacvlanSpecification wanted = bench.Wanted with { IsTap = isTap, Name = isTap ? "m0" : "p0", InterfaceIndex = isTap ? index : bench.Lower.InterfaceIndex, Mtu = 1400, Alias = "x", Up = true };
            ChangeResult<Link> result = bench.Session.Creator.Create(wanted, there);
            Assert.Empty(result.Differences);
            Link read = there.Reader.Find(wanted.Name!)!;
            foreach (Link seen in new[] { result.Link, read })
            {
                Assert.Equal((wanted.InterfaceIndex!.Value, other, "p0", bench.Namespace), (seen.InterfaceIndex, seen.NetworkNamespace, seen.LowerDevice, seen.LowerDeviceNamespace));
                Assert.Equal((1400, "x", AddressGeneration.None, AdministrativeStatus.Up), (seen.Mtu, seen.Alias, seen.AddressGeneration, seen.AdministrativeStatus));
                Assert.Equal(bench.Lower.InterfaceIndex, seen.LowerDeviceIndex);
            }

            Assert.Equal([], IpFacts.Compare(read, IpFacts.ReadAll(other).Single(l => l.GetProperty("ifname").GetString() == wanted.Name), there).Where(d => !d.StartsWith("LowerDevice:", StringComparison.Ordinal)));
        }

        // Neither session got anything that it did not ask for.
        Assert.Equal("p0", bench.Session.Reader.Find("p0")!.Name);
        Assert.Equal(3, there.Reader.List().Links.Count);
    }

    [Fact]
    public void A_namespace_without_a_name_is_not_guessed()
    {
        using LinkBench bench = new();
        string other = bench.Lab.NewNamespace();
        using LinkSession there = LinkSession.Open(other);
        bench.Session.Creator.Create(bench.Wanted, there);
        Programs.Run("ip", "netns", "delete", bench.Namespace);
        using LinkSession again = LinkSession.Open(other);
        Link link = again.Reader.Find("m0")!;
        Assert.Equal(("p0", null), (link.LowerDevice, link.LowerDeviceNamespace));
    }
}
