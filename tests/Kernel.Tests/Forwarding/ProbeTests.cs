using MacvtapTools.Forwarding;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Kernel.Tests.Taps;
using MacvtapTools.Namespaces;
using MacvtapTools.Protection;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>What a probe does to a guest, and that it stands for one.</summary>
public sealed class ProbeTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Takes_no_frame_of_a_guest()
    {
        using ForwardingLab lab = new();
        (TapEndpoint guest, _) = AddGuest(lab, "tap0", "bridge");
        using TapEndpoint _guest = guest;
        lab.Add("b1", "macvlan", "bridge");
        using PacketSocket sibling = PacketSocket.Open(lab.Here, "b1");
        byte[] buffer = new byte[2048];
        while (guest.TryReceive(buffer, Short, out _))
        {
        }

        // One frame waits before the probe, one comes after it; in between are the probe's own, which the guest gets as everybody would.
        sibling.Send(TestFrames.Make(guest.MacAddress, Address(lab, "b1"), 1));
        SceneView view = lab.Read();
        using (var probe = new ReachabilityProbe(view, Enumerable.Range(0, view.Scene.Host).ToHashSet()))
        {
            var model = new ForwardingModel(view.Scene, MacNumber.Broadcast);
            int tap = view.Scene.Links.ToList().FindIndex(l => l.Name == "tap0");
            Assert.True(probe.Measure([model.Frame(1 - tap, tap, TrafficKind.Unicast)], SceneComparison.Patience, CancellationToken.None)[0][tap]);
        }

        sibling.Send(TestFrames.Make(guest.MacAddress, Address(lab, "b1"), 2));
        var numbers = new List<byte>();
        int probed = 0;
        while (!numbers.Contains(2))
        {
            Assert.True(guest.TryReceive(buffer, Wait, out int length), "A frame of the guest is missing.");
            if (buffer.AsSpan(0, length).IndexOf("MacvtapTools"u8) >= 0) probed++;
            else if (TestFrames.Is(buffer.AsSpan(0, length), 1)) numbers.Add(1);
            else if (TestFrames.Is(buffer.AsSpan(0, length), 2)) numbers.Add(2);
        }

        Assert.Equal([1, 2], numbers);
        Assert.InRange(probed, 1, int.MaxValue);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("vepa")]
    [InlineData("bridge")]
    [InlineData("source")]
    public void A_frame_sent_on_a_macvtap_goes_where_its_guests_frame_goes(string mode)
    {
        using ForwardingLab lab = new();
        lab.Bridge("link set dev p0 hairpin on");
        (TapEndpoint guest, string own) = AddGuest(lab, "tap0", mode);
        using TapEndpoint _guest = guest;
        lab.Add("b1", "macvlan", "bridge");
        lab.Add("v1", "macvtap", "vepa");
        lab.Add("p1", "macvlan", "private");
        using PacketSocket host = PacketSocket.Open(lab.Here, "tap0");
        string[] receivers = ["b1", "v1", "p1", "tap0"];
        PacketSocket[] sockets = [.. receivers.Select(r => PacketSocket.Open(lab.Here, r))];
        try
        {
            byte number = 0;
            foreach (string destination in (string[])[TestFrames.Broadcast, Address(lab, "b1"), Address(lab, "v1"), Address(lab, "p1")])
            {
                byte[] byGuest = TestFrames.Make(destination, own, ++number);
                guest.Send(byGuest);
                bool[] guests = Received(sockets, number);
                host.Send(TestFrames.Make(destination, own, ++number));
                Assert.Equal(guests, Received(sockets, number));
                Assert.Contains(true, guests);
            }
        }
        finally
        {
            foreach (PacketSocket socket in sockets) socket.Dispose();
        }
    }

    [Fact]
    public void What_was_seen_on_the_way_is_in_the_order_of_the_clock()
    {
        using ForwardingLab lab = new();
        lab.Bridge("link set dev p0 hairpin on");
        lab.Add("a", "macvtap", "vepa");
        lab.Add("b", "macvlan", "vepa");
        SceneView view = lab.Read();
        view = view with { Scene = view.Scene with { OutsideAddress = view.OutsideAddress } };
        var model = new ForwardingModel(view.Scene, MacNumber.Broadcast);
        List<LinkPathHop> hops = PathProbe.Measure(view, model, model.Frame(0, 1, TrafficKind.Unicast), PathModel.Trace(model, 0, 1, TrafficKind.Unicast), SceneComparison.Patience, CancellationToken.None);
        Assert.Equal(["a Send", "eth0 Send", "p0 Forward", "p0 Return", "eth0 Receive", "b Receive"], hops.Select(h => $"{h.Link} {h.Event}"));
        Assert.All(hops, h => Assert.True(h.Measured));
        Assert.Equal(hops.Select(h => h.Delay).Order(), hops.Select(h => h.Delay));
    }

    /// <summary>A macvlan shows what its filters let pass; a macvtap cannot, so nothing is said there.</summary>
    [Theory]
    [InlineData("macvlan", false)]
    [InlineData("macvtap", null)]
    public void A_sighting_before_a_filter_that_drops_is_no_receipt(string kind, bool? expected)
    {
        using ForwardingLab lab = new();
        lab.Bridge("link set dev p0 hairpin on");
        lab.Add("a", kind, "private");
        lab.Add("b", "macvlan", "private");
        lab.Protect("a", new ProtectionRules { Isolate = true, Siblings = [MacNumber.Of(lab.Address("b"))] });
        SceneView view = lab.Read();
        var model = new ForwardingModel(view.Scene, MacNumber.Broadcast);
        int a = view.Scene.Links.ToList().FindIndex(l => l.Name == "a");
        SceneFrame frame = model.Frame(1 - a, a, TrafficKind.Unicast);
        Assert.Equal(Verdict.No(ForwardingRule.Protected), model.Decide(frame, a));
        List<LinkPathHop> hops = PathProbe.Measure(view, model, frame, PathModel.Trace(model, 1 - a, a, TrafficKind.Unicast), SceneComparison.Patience, CancellationToken.None);
        Assert.Equal(["b Send", "eth0 Send", "p0 Forward", "p0 Return", "eth0 Receive", "a Drop"], hops.Select(h => $"{h.Link} {h.Event}"));
        using var probe = new ReachabilityProbe(view, new HashSet<int> { 0, 1 });
        bool seen = probe.Measure([frame], SceneComparison.Patience, CancellationToken.None)[0][a];
        Assert.Equal(expected, seen && probe.IsVeiled(a) ? null : seen);

        // The sender of a protected link shows what left it, though what comes to it is looked for elsewhere.
        List<LinkPathHop> back = PathProbe.Measure(view, model, model.Frame(a, view.Scene.Host, TrafficKind.Unicast), PathModel.Trace(model, a, view.Scene.Host, TrafficKind.Unicast), SceneComparison.Patience, CancellationToken.None);
        Assert.Equal(["a Send", "eth0 Send", "p0 Forward", "p0 Return", "eth0 Receive", "Host Receive"], back.Select(h => $"{h.Link} {h.Event}"));
        Assert.All(back, h => Assert.True(h.Measured));
        List<LinkPathHop> host = PathProbe.Measure(view, model, model.Frame(view.Scene.Host, a, TrafficKind.Unicast), PathModel.Trace(model, view.Scene.Host, a, TrafficKind.Unicast), SceneComparison.Patience, CancellationToken.None);
        Assert.Equal(expected is null ? null : true, Assert.Single(host, h => h.Link == "a").Measured);
    }

    [Fact]
    public void A_group_that_shares_a_place_in_the_filter_is_told_from_a_filter_that_is_open()
    {
        const ulong First = 0x0100_5e01_0000;
        const int Batch = 128;
        using ForwardingLab lab = new();
        lab.Add("a", "macvlan", "vepa");
        SceneView view = lab.Read();
        view = view with { Scene = view.Scene with { OutsideAddress = view.OutsideAddress } };
        var model = new ForwardingModel(view.Scene, First);
        using var probe = new ReachabilityProbe(view, new HashSet<int> { 0, view.Scene.Outside });
        SceneFrame frame = model.Frame(view.Scene.Outside, 0, TrafficKind.Multicast);
        int found = -1;
        for (int tried = 0; found < 0 && tried < 64 * Batch; tried += Batch)
        {
            SceneFrame[] frames = [.. Enumerable.Range(tried, Batch).Select(i => frame with { Destination = First + (ulong)i })];
            found = Array.FindIndex(Send(frames), r => r[0]);
            if (found >= 0) frame = frames[found];
        }

        Assert.True(found >= 0, "Of 8192 groups none passed a filter of 256 places.");
        Assert.Equal(ForwardingRule.GroupNotJoined, model.Decide(frame, 0).Rule);
        Assert.Equal([true], ChanceProbe.Check(Send, view.Scene, [(frame, 0)]));
        Lab.Ip(lab.Here, "link set dev a allmulticast on");
        Assert.Equal([false], ChanceProbe.Check(Send, view.Scene, [(frame, 0)]));

        bool[][] Send(IReadOnlyList<SceneFrame> frames) => probe.Measure(frames, Short, CancellationToken.None);
    }

    [Fact]
    public void A_probe_is_stopped_at_once()
    {
        using ForwardingLab lab = new();
        lab.Add("a", "macvlan", "vepa");
        SceneView view = lab.Read();
        using var probe = new ReachabilityProbe(view, new HashSet<int> { 0 });
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => probe.Measure([], TimeSpan.FromMinutes(1), stop.Token));
    }

    private static (TapEndpoint Guest, string Address) AddGuest(ForwardingLab lab, string name, string mode)
    {
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        Lab.AddMacvtap(lab.Here, name, "eth0", index, mode);
        TapDevice device = TapDeviceLocatorTests.Locate(lab.Here, name, index, out NamespaceSysfs sysfs);
        sysfs.Dispose();
        return (TapEndpoint.Open(device), Address(lab, name));
    }

    private static string Address(ForwardingLab lab, string name) => Lab.IpJson(lab.Here, $"link show dev {name}")[0].GetProperty("address").GetString()!;

    private static bool[] Received(PacketSocket[] sockets, byte number)
    {
        bool[] received = new bool[sockets.Length];
        for (int i = 0; i < sockets.Length; i++) received[i] = sockets[i].Receive(f => TestFrames.Is(f, number), Short) is not null;
        return received;
    }
}
