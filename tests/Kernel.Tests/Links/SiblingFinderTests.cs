using System.Globalization;
using MacvtapTools.Diagnosis;
using MacvtapTools.Forwarding;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Preflight;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Links of a lower device that are in other namespaces, the caller's own among them, which has no name here.</summary>
public sealed class SiblingFinderTests
{
    [Fact]
    public void A_link_in_the_callers_own_namespace_is_seen_from_that_of_its_lower_device() => InNamespaceWithoutName((bench, place) =>
    {
        bench.Ip($"link add link p0 name mm type macvlan mode vepa");
        bench.Ip($"link set mm netns {place}");
        using LinkSession lower = LinkSession.Open(bench.Namespace);
        Link device = lower.Reader.Find("p0")!;
        Link found = Assert.Single(SiblingFinder.Find(lower.Reader, device.InterfaceIndex));
        Assert.Equal(("mm", null), (found.Name, found.NetworkNamespace));
        Assert.Equal(["mm"], new SceneReader(lower, name => LinkSession.Open(name)).Read(device, null).Scene.Links.Select(l => l.Name));

        var wanted = new MacvlanSpecification { IsTap = false, Name = "p", LowerDevice = "p0", LowerDeviceIndex = device.InterfaceIndex, Mode = LinkMode.Passthru };
        PredictedRefusal refusal = Assert.Throws<PredictedRefusal>(() => MacvlanPreflight.Check(wanted, LinkSnapshot.Take(lower)));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        LowerDeviceView view = LowerDeviceView.Look(lower.Reader, device.InterfaceIndex);
        Assert.Equal(["mm"], view.AllSiblings.Select(s => s.Name));
    });

    [Fact]
    public void The_other_end_of_a_pair_is_found_in_the_callers_own_namespace() => InNamespaceWithoutName((bench, place) =>
    {
        bench.Ip($"link set p1 netns {place}");
        using LinkSession near = LinkSession.Open(bench.Namespace);
        var veth = (VethLink)near.Reader.Find("p0")!;
        Assert.Equal("p1", PeerFinder.Find(veth, near.Reader)!.Name);
        Assert.Equal("p1", PeerFinder.Find(veth, near, name => LinkSession.Open(name))!.Value.Peer.Name);
        Assert.Equal("p1", new SceneReader(near, name => LinkSession.Open(name)).Read(veth, null).Scene.Switch.Port);
    });

    /// <summary>Runs something on a thread that has a network namespace of its own; it goes with the thread.</summary>
    private static void InNamespaceWithoutName(Action<LinkBench, string> body) => DedicatedThread.Run<object?>(() =>
    {
        using LinkBench bench = new();
        Assert.Equal(0, Libc.Unshare(Libc.CLONE_NEWNET));
        string thread = new DirectoryInfo("/proc/thread-self").ResolveLinkTarget(returnFinalTarget: false)!.FullName;
        body(bench, string.Create(CultureInfo.InvariantCulture, $"{thread}/ns/net"));
        return null;
    });
}
