using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis.Advice;
using MacvtapTools.Links;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>
/// A healthy lab: eth0 with a macvtap mvt0 that a guest (this process) has open, all-multicast on, no host addresses; its cable ends at p0, a hairpin port of br0 in
/// another namespace. IPv6 of the host is off, so that no frames of its own count.
/// </summary>
internal sealed class AdviceBench : IDisposable
{
    private readonly Dictionary<string, LinkSession> _sessions = [];
    private readonly List<IDisposable> _guests = [];

    internal AdviceBench(string mode = "bridge")
    {
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.KernelDevices();
        Requires.Program("bridge");
        Here = Lab.NewNamespace();
        Switch = Lab.NewNamespace();
        foreach (string place in (string[])[Here, Switch])
            Programs.Run("ip", "netns", "exec", place, "sh", "-c", "for f in all default; do echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6 || exit 1; done");
        Lab.AddVeth(Here, "eth0", "p0", Switch);
        Lab.AddBridge(Switch, "br0", "p0");
        Bridge("hairpin on");
        AddTap("mvt0", mode);
        Lab.AwaitUp(Here, "mvt0");
        LinkBenchWait(() => Session(Switch).Reader.Find("p0") is { } p && new BridgePort(p).State == BridgePortState.Forwarding);
    }

    internal Lab Lab { get; } = new();

    internal string Here { get; }

    internal string Switch { get; }

    internal void Ip(string command) => Lab.Ip(Here, command);

    internal void Bridge(string option) => Programs.Run("bridge", ["-n", Switch, "link", "set", "dev", "p0", .. option.Split(' ')]);

    /// <summary>Makes a macvtap as New-MacvtapLink does, opens it, and switches it on.</summary>
    internal void AddTap(string name, string mode)
    {
        Ip($"link add link eth0 name {name} index {Lab.NewIndex()} type macvtap mode {mode}");
        Ip($"link set {name} addrgenmode none allmulticast on");
        Open(name);
        Ip($"link set {name} up");
    }

    /// <summary>Opens the tap device once more, in this process.</summary>
    internal void Open(string name) => _guests.Add(new FileStream($"/dev/tap{Session(Here).Reader.Find(name)!.InterfaceIndex}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0));

    /// <summary>Closes all tap devices.</summary>
    internal void Close()
    {
        foreach (IDisposable guest in _guests) guest.Dispose();
        _guests.Clear();
    }

    /// <summary>What is said about all links of the first namespace, as Get-LinkAdvice does.</summary>
    internal LinkAdvice[] Look()
    {
        LinkSession session = Session(Here);
        IReadOnlyList<Link> links = session.Reader.List().Links;
        var view = new AdviceReader(session, name => Session(name ?? string.Empty), new OpenVswitchClient(null, CancellationToken.None), links, CancellationToken.None);
        return [.. links.SelectMany(l => LinkAdviser.Look(l, view, []))];
    }

    internal LinkAdviceTopic[] Topics() => [.. Look().Select(a => a.Topic).Distinct().Order()];

    public void Dispose()
    {
        Close();
        foreach (LinkSession session in _sessions.Values) session.Dispose();
        Lab.Dispose();
    }

    private LinkSession Session(string name)
    {
        if (!_sessions.TryGetValue(name, out LinkSession? session)) _sessions[name] = session = LinkSession.Open(name);
        return session;
    }

    private static void LinkBenchWait(Func<bool> holds) => Links.LinkBench.Eventually(holds, "p0 forwards");
}
