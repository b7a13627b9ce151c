using MacvtapTools.Links;
using MacvtapTools.Taps;
using MacvtapTools.Topology;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Topology;

/// <summary>The topology of links that are there: two namespaces, a cable between them, a bridge behind it.</summary>
public sealed class TopologyTests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly Dictionary<string, LinkSession> _sessions = [];
    private readonly string _here;
    private readonly string _switch;

    public TopologyTests()
    {
        Requires.Kind("macvlan");
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        _here = _lab.NewNamespace();
        _switch = _lab.NewNamespace();
        Lab.AddVeth(_here, "eth0", "p0", _switch);
        Lab.AddBridge(_switch, "br0", "p0");
        Lab.Ip(_switch, "link set dev p0 type bridge_slave hairpin on");
    }

    public void Dispose()
    {
        foreach (LinkSession session in _sessions.Values) session.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void The_tree_of_both_namespaces()
    {
        Lab.Ip(_here, "link add link eth0 name a type macvlan mode private");
        Lab.Ip(_here, "link add link eth0 name b type macvlan mode bridge");
        Lab.Ip(_here, "link set dev b netns " + _switch);
        Lab.Ip(_switch, "link set dev b up");
        Assert.Equal(
            [
                $"br0  bridge  in {_switch}",
                "└─ p0  veth  hairpin on",
                $"   └─ eth0  veth (peer)  in {_here}",
                "      ├─ a  macvlan private  down",
                $"      └─ b  macvlan bridge  in {_switch}",
            ],
            Tree(Read(_here, _switch)));
    }

    [Fact]
    public void What_is_in_a_namespace_that_was_not_read_is_named()
    {
        Assert.Equal([$"eth0  veth  in {_here}", $"└─ p0  link elsewhere (peer)  in {_switch}"], Tree(Read(_here)));
        Assert.Equal([$"br0  bridge  in {_switch}", "└─ p0  veth  hairpin on", $"   └─ eth0  link elsewhere (peer)  in {_here}"], Tree(Read(_switch)));
    }

    [Fact]
    public void Who_holds_a_macvtap_is_below_it()
    {
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        Lab.AddMacvtap(_here, "tap0", "eth0", index);
        Lab.AddMacvtap(_here, "tap1", "eth0", Lab.NewIndex());
        LinkSession session = Session(_here);
        using TapEndpoint endpoint = TapEndpoint.Open(new TapDeviceLocator().Locate(session, session.Reader.Find("tap0")!), new TapEndpointOptions(), session.Sysfs);
        LinkTopology topology = Read(_here);
        TopologyNode holder = Assert.Single(topology.Node, n => n.Role == TopologyRole.Holder);
        Assert.Equal(Environment.ProcessId, holder.ProcessId);
        Assert.Equal("tap0", topology.Node.Single(n => n.Id == holder.Parent).Name);
    }

    [Fact]
    public void Who_reaches_whom_is_asked_for_each_lower_device()
    {
        Lab.Ip(_here, "link add link eth0 name a type macvlan mode private");
        Lab.Ip(_here, "link add link eth0 name b type macvlan mode private");
        Lab.Ip(_here, "link set dev a up");
        Lab.Ip(_here, "link set dev b up");
        LinkSession[] sessions = [Session(_here), Session(_switch)];
        LinkTopology topology = new TopologyCollector(sessions).Read(TestContext.Current.CancellationToken);
        ReachSummary reach = Assert.Single(ReachReader.Read(topology, sessions, name => Session(name ?? string.Empty), null, TrafficKind.Unicast, TestContext.Current.CancellationToken));
        Assert.Equal(["a", "b", "Host (eth0)", "Outside"], reach.Entries.Select(e => e.Label));
        Assert.Equal(ReachCell.Delivered, reach[0, 1]);
    }

    [Fact]
    public void Graphviz_takes_the_graph()
    {
        Requires.Program("dot");
        Check("dot", ["-Tsvg"], TopologyFormat.Dot, "lab.dot");
    }

    [Fact]
    public void A_renderer_takes_the_picture()
    {
        Requires.Program("rsvg-convert");
        Check("rsvg-convert", ["-f", "png"], TopologyFormat.Svg, "lab.svg");
    }

    private void Check(string program, string[] arguments, TopologyFormat format, string name)
    {
        for (int i = 0; i < 30; i++) Lab.Ip(_here, $"link add link eth0 name \"m<&{i}\\ type macvlan mode private");
        LinkSession[] sessions = [Session(_here), Session(_switch)];
        LinkTopology topology = new TopologyCollector(sessions).Read(TestContext.Current.CancellationToken);
        IReadOnlyList<ReachSummary> reach = ReachReader.Read(topology, sessions, n => Session(n ?? string.Empty), null, TrafficKind.Unicast, TestContext.Current.CancellationToken);
        string path = Path.Combine(_lab.NewDirectory(), name);
        TopologyFile.Write(path, TopologyFile.Text(new TopologyPicture(topology, reach, "A <lab> & \"more\""), format), false);
        Programs.Outcome outcome = Programs.Try(program, [.. arguments, "-o", path + ".out", path]);
        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.ErrorOutput));
        File.WriteAllText(path, File.ReadAllText(path)[..^30]);
        Assert.NotEqual(0, Programs.Try(program, [.. arguments, "-o", path + ".out", path]).ExitCode); // it would have said so
    }

    private LinkTopology Read(params string[] namespaces) => new TopologyCollector([.. namespaces.Select(Session)]).Read(TestContext.Current.CancellationToken);

    private LinkSession Session(string name)
    {
        if (!_sessions.TryGetValue(name, out LinkSession? session)) _sessions[name] = session = LinkSession.Open(name);
        return session;
    }

    /// <summary>The lines without the addresses, which the kernel makes up.</summary>
    private static IEnumerable<string> Tree(LinkTopology topology) => TopologyTree.Draw(topology.Where(n => !n.IsLoopback), false).Select(l => System.Text.RegularExpressions.Regex.Replace(l.Text, "  ([0-9a-f]{2}:){5}[0-9a-f]{2}", string.Empty));
}
