using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Composition;

/// <summary>A relay brings everybody together, is found again, and leaves nothing; whatever fails on the way.</summary>
public sealed class ReflectiveRelayTests
{
    private const int MostSteps = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void Guests_the_host_and_the_outside_all_reach_each_other_as_the_model_says()
    {
        using RelayLab lab = new();
        ReflectiveRelay relay = Make(lab, lab.Session, uplink: true);
        Assert.Equal((ReflectiveRelayStatus.Ready, "up0", "r0-br"), (relay.Status, relay.Uplink, relay.Bridge));
        foreach (string name in (string[])["g0", "g1"]) Lab.Ip(lab.Here, $"link add link r0 name {name} up type macvlan mode vepa");
        Lab.Ip(lab.Here, "link add link r0 name g2 up type macvlan mode bridge");
        Lab.Ip(lab.Here, "link add link r0 name g3 up type macvlan mode private");
        SceneView view = new SceneReader(lab.Session, lab.Open).Read(lab.Session.Reader.Find("r0")!, null);
        view = view with { Scene = view.Scene with { OutsideAddress = view.OutsideAddress } };
        ForwardingScene scene = view.Scene;
        var model = new ForwardingModel(scene, MacNumber.Broadcast);
        using var probe = new ReachabilityProbe(view, Enumerable.Range(0, scene.EndpointCount).ToHashSet());
        (int From, int To)[] pairs = [.. Enumerable.Range(0, scene.EndpointCount).SelectMany(f => Enumerable.Range(0, scene.EndpointCount).Where(t => t != f).Select(t => (f, t)))];
        Assert.Equal(30, pairs.Length);
        bool[][] received = probe.Measure([.. pairs.Select(p => model.Frame(p.From, p.To, TrafficKind.Unicast))], Patience, CancellationToken.None);
        for (int i = 0; i < pairs.Length; i++)
        {
            string pair = $"{scene.NameOf(pairs[i].From)} to {scene.NameOf(pairs[i].To)}";
            Assert.True(received[i][pairs[i].To], pair);
            Assert.True(model.Decide(model.Frame(pairs[i].From, pairs[i].To, TrafficKind.Unicast), pairs[i].To).Reachable == Reachability.Delivered, pair);
        }
    }

    [Fact]
    public void A_bridge_of_the_users_keeps_the_address_that_it_has_from_its_port()
    {
        using RelayLab lab = new();
        Lab.Ip(lab.Here, "link set up0 address fa:ff:ff:ff:ff:ff");
        Lab.AddBridge(lab.Here, "own0", "up0");
        Link bridge = lab.Session.Reader.Find("own0")!;
        Assert.Equal("fa:ff:ff:ff:ff:ff", bridge.MacAddress);
        ReflectiveRelay relay = new RelayCreator(lab.Session).Create(new RelaySpecification { Name = "r0", Bridge = bridge }, TestContext.Current.CancellationToken);
        Assert.StartsWith("fe:", relay.PortLink!.MacAddress, StringComparison.Ordinal);
        Assert.Equal(bridge.MacAddress, lab.Session.Reader.Find("own0")!.MacAddress);
    }

    [Fact]
    public void A_guest_the_bridge_and_the_outside_answer_each_others_pings()
    {
        Requires.Program("busybox");
        using RelayLab lab = new();
        Make(lab, lab.Session, uplink: true, "10.9.0.1/24");
        Lab.Ip(lab.Here, $"link add link r0 name g0 type macvlan mode vepa");
        Lab.Ip(lab.Here, $"link set g0 netns {lab.Guest}");
        Lab.Ip(lab.Guest, "link set g0 up");
        Lab.Ip(lab.Guest, "addr add 10.9.0.2/24 dev g0");
        Lab.Ip(lab.Outside, "addr add 10.9.0.3/24 dev out0");
        Assert.True(RelayLab.Pings(lab.Guest, "10.9.0.1"), "guest to host");
        Assert.True(RelayLab.Pings(lab.Here, "10.9.0.2"), "host to guest");
        Assert.True(RelayLab.Pings(lab.Guest, "10.9.0.3"), "guest to outside");
        Assert.True(RelayLab.Pings(lab.Outside, "10.9.0.1"), "outside to host");
        Assert.False(RelayLab.Pings(lab.Guest, "10.9.0.9"), "nobody answers there");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_step_fails_everything_is_as_before(bool isAnswerLost)
    {
        using RelayLab lab = new();
        Lab.Ip(lab.Here, "link set up0 down");
        string before = lab.Snapshot();
        int number = 1;
        for (; number < MostSteps; number++)
        {
            (LinkSession session, FailingChannel channel) = lab.OpenFailing(number, isAnswerLost);
            try
            {
                Make(lab, session, uplink: true, "10.9.0.1/24");
                Assert.False(channel.HasFailed, $"Step {number} failed unnoticed.");
                break;
            }
            catch (MacvtapException failure)
            {
                Assert.True(channel.HasFailed, failure.Message);
                Assert.DoesNotContain("taken back", failure.Message, StringComparison.Ordinal);
            }

            Assert.Equal(before, lab.Snapshot());
        }

        Assert.InRange(number, 16, MostSteps - 1);
    }

    [Fact]
    public void Removing_leaves_what_was_before_also_when_it_is_interrupted_at_any_step()
    {
        using RelayLab lab = new();
        Lab.Ip(lab.Here, "link set up0 down");
        string before = lab.Snapshot();
        int number = 1;
        for (; number < MostSteps; number++)
        {
            ReflectiveRelay relay = Make(lab, lab.Session, uplink: true, "10.9.0.1/24");
            Assert.NotEqual(before, lab.Snapshot());
            (LinkSession session, FailingChannel channel) = lab.OpenFailing(number, false);
            try
            {
                Assert.Empty(new RelayRemover(session).Remove(relay, false));
                Assert.False(channel.HasFailed, $"Step {number} failed unnoticed.");
            }
            catch (MacvtapException failure)
            {
                Assert.Contains("stands", failure.Message, StringComparison.Ordinal);
                ReflectiveRelay left = RelayReader.Find(lab.Session.Reader, relay.Id)!;
                Assert.Empty(new RelayRemover(lab.Session).Remove(left, false));
            }

            Assert.Equal(before, lab.Snapshot());
            if (!channel.HasFailed) break;
        }

        Assert.InRange(number, 5, MostSteps - 1);
    }

    [Fact]
    public void Another_session_finds_it_under_new_names_and_says_what_was_changed()
    {
        using RelayLab lab = new();
        ReflectiveRelay made = Make(lab, lab.Session, uplink: true);
        LinkSession later = lab.Open(lab.Here);
        Assert.Equal(made.Id, Assert.Single(RelayReader.List(later.Reader.List().Links)).Id);
        Lab.Ip(lab.Here, "link set r0-p name other");
        Programs.Run("bridge", "-n", lab.Here, "link", "set", "dev", "other", "hairpin", "off");
        Lab.Ip(lab.Here, "link set up0 nomaster");
        ReflectiveRelay changed = Assert.Single(RelayReader.List(later.Reader.List().Links));
        Assert.Equal((ReflectiveRelayStatus.Changed, "other"), (changed.Status, changed.Port));
        Assert.Equal(["other has hairpin off.", "The uplink up0 is no port, not of r0-br."], changed.Problem);
        Lab.Ip(lab.Here, "link del r0");
        ReflectiveRelay left = Assert.Single(RelayReader.List(later.Reader.List().Links));
        Assert.Equal(ReflectiveRelayStatus.Incomplete, left.Status);
        Assert.Empty(new RelayRemover(later).Remove(left, false));
        Assert.Equal(["lo", "up0"], later.Reader.List().Links.Select(l => l.Name).Order());
        Assert.Empty(later.Reader.Find("up0")!.AlternativeName);
    }

    [Fact]
    public void A_bridge_that_others_use_stays_and_a_moved_uplink_too()
    {
        using RelayLab lab = new();
        ReflectiveRelay relay = Make(lab, lab.Session, uplink: true);
        Lab.Ip(lab.Here, "link add x0 type veth peer name x1");
        Lab.Ip(lab.Here, "link set x0 master r0-br");
        Lab.AddBridge(lab.Here, "br9", "up0");
        IReadOnlyList<string> standing = new RelayRemover(lab.Session).Remove(RelayReader.Find(lab.Session.Reader, relay.Id)!, false);
        Assert.Equal(2, standing.Count);
        Assert.Contains("up0 is a port of br9 now", standing[0], StringComparison.Ordinal);
        Assert.Contains("others use it: x0", standing[1], StringComparison.Ordinal);
        Assert.Equal(["br9", "lo", "r0-br", "up0", "x0", "x1"], lab.Session.Reader.List().Links.Select(l => l.Name).Order());
        Assert.Empty(RelayReader.List(lab.Session.Reader.List().Links));
    }

    private static ReflectiveRelay Make(RelayLab lab, LinkSession session, bool uplink, params string[] addresses)
    {
        Link? up = uplink ? lab.Session.Reader.Find("up0") : null;
        return new RelayCreator(session).Create(new RelaySpecification { Name = "r0", Uplink = up, Address = addresses }, TestContext.Current.CancellationToken);
    }
}
