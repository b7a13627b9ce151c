using MacvtapTools.Forwarding;
using MacvtapTools.Links;
using MacvtapTools.Protection;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>
/// Three namespaces: links on eth0 in the first and in the third; the other end p0 of the cable in the second, a port of br0 there, whose port p1 leads to out0, a host
/// outside, in the third.
/// </summary>
internal sealed class ForwardingLab : IDisposable
{
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

    /// <summary>Protects a link, wherever it is.</summary>
    internal void Protect(string name, ProtectionRules rules)
    {
        LinkSession session = Session(Here).Reader.Find(name) is null ? Session(There) : Session(Here);
        _ = new ProtectionClient(session.Conversation).Set(session.Reader.Find(name)!, rules);
    }

    /// <summary>The MAC address of a link, wherever it is.</summary>
    internal string Address(string name) => (Session(Here).Reader.Find(name) ?? Session(There).Reader.Find(name))!.MacAddress!;

    /// <summary>Runs bridge in the second namespace.</summary>
    internal void Bridge(string command) => Programs.Run("bridge", ["-n", Switch, .. command.Split(' ')]);

    /// <summary>Reads the scene as the module does.</summary>
    internal SceneView Read()
    {
        LinkSession session = Session(Here);
        return new SceneReader(session, name => Session(name)).Read(session.Reader.Find("eth0")!, null);
    }

    /// <summary>What the model says of every pair, against what happens.</summary>
    internal (List<string> Differences, int Compared, int Open) Compare() => SceneComparison.Compare(Read);

    /// <summary>Another port of the bridge, with a host of its own behind it.</summary>
    internal void AddPort(string port, string host)
    {
        Lab.AddVeth(There, host, port, Switch);
        Lab.Ip(Switch, $"link set {port} master br0");
        AwaitForwarding(port);
    }

    public void Dispose()
    {
        foreach (LinkSession session in _sessions.Values) session.Dispose();
        _lab.Dispose();
    }

    private LinkSession Session(string? name)
    {
        string key = name ?? string.Empty;
        if (!_sessions.TryGetValue(key, out LinkSession? session)) _sessions[key] = session = LinkSession.Open(key);
        return session;
    }

    /// <summary>Waits until a port forwards, or does not.</summary>
    internal void AwaitState(string port, bool isForwarding)
    {
        for (long end = Environment.TickCount64 + 10_000; Session(Switch).Reader.Find(port) is not { } link || (new BridgePort(link).State == BridgePortState.Forwarding) != isForwarding; Thread.Sleep(2))
        {
            if (Environment.TickCount64 > end) throw new TimeoutException($"The state of {port} does not change.");
        }
    }

    private void AwaitForwarding(string port) => AwaitState(port, isForwarding: true);
}
