using MacvtapTools.Forwarding;
using MacvtapTools.Links;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>
/// Three namespaces: links on eth0 in the first and in the third; the other end p0 of the cable in the second, a port of br0 there, whose port p1 leads to out0, a host
/// outside, in the third.
/// </summary>
internal sealed class ForwardingLab : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>The filter of groups is a hash of 256 places with a secret in it, so a group can pass by chance; that another one does at the same link is 1 in 100 again.</summary>
    private static readonly ulong[] Groups = [0x0100_5e00_00fb, 0x0100_5e01_0203, 0x3333_1234_5678, 0x0100_5e7f_fffa];

    private readonly Lab _lab = new();
    private readonly Dictionary<string, LinkSession> _sessions = [];

    internal ForwardingLab()
    {
        Requires.Kind("macvlan");
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.Program("bridge");
        Here = _lab.NewNamespace();
        Switch = _lab.NewNamespace();
        There = _lab.NewNamespace();
        Lab.AddVeth(Here, "eth0", "p0", Switch);
        Lab.AddVeth(There, "out0", "p1", Switch);
        Lab.AddBridge(Switch, "br0", "p0", "p1");
        AwaitForwarding("p0");
        AwaitForwarding("p1");
    }

    internal string Here { get; }

    internal string Switch { get; }

    internal string There { get; }

    /// <summary>Makes a link, switched on; in the third namespace if that is said.</summary>
    internal void Add(string name, string kind, string mode, bool isThere = false)
    {
        Lab.Ip(Here, $"link add link eth0 name {name} type {kind} mode {mode}");
        if (isThere) Lab.Ip(Here, $"link set dev {name} netns {There}");
        Lab.Ip(isThere ? There : Here, $"link set dev {name} up");
    }

    /// <summary>Runs bridge in the second namespace.</summary>
    internal void Bridge(string command) => Programs.Run("bridge", ["-n", Switch, .. command.Split(' ')]);

    /// <summary>Reads the scene as the module does.</summary>
    internal SceneView Read()
    {
        LinkSession session = Session(Here);
        return new SceneReader(session, name => Session(name)).Read(session.Reader.Find("eth0")!, null);
    }

    /// <summary>Every place to every other one, every kind, and frames with foreign addresses in them; and what the model says, against what happens.</summary>
    /// <returns>Each difference in words, and how much was compared and how much was left open by the model.</returns>
    internal (List<string> Differences, int Compared, int Open) Compare()
    {
        (List<string> Differences, int Compared, int Open, bool IsByChance) result = default;
        foreach (ulong group in Groups)
        {
            result = Compare(group);
            if (!result.IsByChance) break;
        }

        return (result.Differences!, result.Compared, result.Open);
    }

    private (List<string> Differences, int Compared, int Open, bool IsByChance) Compare(ulong group)
    {
        SceneView view = Read();
        ForwardingScene scene = view.Scene with { OutsideAddress = view.OutsideAddress };
        view = view with { Scene = scene };
        var model = new ForwardingModel(scene, group);
        List<SceneFrame> frames = Frames(model);
        using var probe = new ReachabilityProbe(view, Enumerable.Range(0, scene.EndpointCount).ToHashSet());
        bool[][] received = probe.Measure(frames, Patience, CancellationToken.None);
        var differences = new List<string>();
        int compared = 0;
        int open = 0;
        int byChance = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            for (int to = 0; to < scene.EndpointCount; to++)
            {
                // The host and the one outside send from the sockets that they are watched with.
                if (to >= scene.Host && to == frames[i].Sender) continue;
                Verdict verdict = model.Decide(frames[i], to);
                if (verdict.Reachable == Reachability.Depends)
                {
                    open++;
                    continue;
                }

                compared++;
                if (verdict.Reachable == Reachability.Delivered == received[i][to]) continue;
                if (verdict.Rule == ForwardingRule.GroupNotJoined) byChance++;
                differences.Add($"{Describe(scene, frames[i])} at {scene.NameOf(to)}{Mode(scene, to)}: the model says {verdict.Reachable} ({verdict.Rule}), received: {received[i][to]}");
            }
        }

        return (differences, compared, open, byChance > 0 && byChance == differences.Count);
    }

    public void Dispose()
    {
        foreach (LinkSession session in _sessions.Values) session.Dispose();
        _lab.Dispose();
    }

    private static List<SceneFrame> Frames(ForwardingModel model)
    {
        const ulong Foreign = 0x0600_0000_0077;
        int count = model.Scene.EndpointCount;
        var frames = new List<SceneFrame>();
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                if (from != to) frames.Add(model.Frame(from, to, TrafficKind.Unicast));
                if (from != to) frames.Add(model.Frame(from, to, TrafficKind.Unicast) with { Source = Foreign });
            }

            frames.Add(model.Frame(from, from, TrafficKind.Broadcast));
            frames.Add(model.Frame(from, from, TrafficKind.Broadcast) with { Source = Foreign });
            frames.Add(model.Frame(from, from, TrafficKind.Multicast));
        }

        // To an address that nobody has, last: a switch learns nothing by it, and floods it.
        for (int from = 0; from < count; from++) frames.Add(new SceneFrame(from, model.Scene.AddressOf(from), Foreign + 1, TrafficKind.Unicast));
        return frames;
    }

    private static string Describe(ForwardingScene scene, in SceneFrame frame) =>
        $"{scene.NameOf(frame.Sender)}{Mode(scene, frame.Sender)} {frame.Kind} {MacNumber.Text(frame.Source)} > {MacNumber.Text(frame.Destination)}";

    private static string Mode(ForwardingScene scene, int endpoint) => endpoint < scene.Links.Count ? $" ({(scene.Links[endpoint].IsTap ? "macvtap" : "macvlan")} {scene.Links[endpoint].Mode})" : string.Empty;

    private LinkSession Session(string? name)
    {
        string key = name ?? string.Empty;
        if (!_sessions.TryGetValue(key, out LinkSession? session)) _sessions[key] = session = LinkSession.Open(key);
        return session;
    }

    private void AwaitForwarding(string port)
    {
        for (long end = Environment.TickCount64 + 10_000; Session(Switch).Reader.Find(port) is not { } link || new BridgePort(link).State != BridgePortState.Forwarding; Thread.Sleep(2))
        {
            if (Environment.TickCount64 > end) throw new TimeoutException($"{port} does not forward.");
        }
    }
}
