using System.Text.Json;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;

namespace MacvtapTools.Kernel.Tests.Composition;

/// <summary>A namespace with a cable up0 to out0 in a second one, and a third one for a guest.</summary>
internal sealed class RelayLab : IDisposable
{
    private readonly Lab _lab = new();
    private readonly List<LinkSession> _sessions = [];

    internal RelayLab()
    {
        Requires.Kind("macvlan");
        Requires.Kind("bridge");
        Here = _lab.NewNamespace();
        Outside = _lab.NewNamespace();
        Guest = _lab.NewNamespace();
        Lab.AddVeth(Here, "up0", "out0", Outside);
        Session = Open(Here);
    }

    internal string Here { get; }

    internal string Outside { get; }

    internal string Guest { get; }

    internal LinkSession Session { get; }

    internal LinkSession Open(string? name)
    {
        LinkSession session = LinkSession.Open(name);
        _sessions.Add(session);
        return session;
    }

    /// <summary>A session in which one change fails.</summary>
    internal (LinkSession Session, FailingChannel Channel) OpenFailing(int number, bool isAnswerLost)
    {
        using NamespaceHandle handle = NamespaceResolver.Open(Here);
        var channel = new FailingChannel(NamespaceRunner.Run(handle, static () => NetlinkSocket.Open(TimeSpan.FromSeconds(10))), number, isAnswerLost);
        LinkSession session = LinkSession.Over(channel);
        _sessions.Add(session);
        return (session, channel);
    }

    /// <summary>What ip tells of links, addresses and routes, as far as a user can set it.</summary>
    internal string Snapshot()
    {
        var lines = new List<string>();
        foreach (JsonElement link in Lab.IpJson(Here, "addr").EnumerateArray())
        {
            string names = link.TryGetProperty("altnames", out JsonElement found) ? string.Join(',', found.EnumerateArray()) : string.Empty;
            string master = link.TryGetProperty("master", out JsonElement bridge) ? bridge.GetString()! : string.Empty;
            bool isUp = link.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == "UP");
            IEnumerable<string> addresses = link.GetProperty("addr_info").EnumerateArray().Where(a => a.GetProperty("scope").GetString() != "link").Select(a => $"{a.GetProperty("local")}/{a.GetProperty("prefixlen")} {(a.TryGetProperty("label", out JsonElement label) ? label.GetString() : string.Empty)}").Order();
            lines.Add($"{link.GetProperty("ifname")} {isUp} {master} {names} {link.GetProperty("address")} {string.Join(',', addresses)}");
        }

        // What the kernel makes by itself for IPv6, a moment after a link has come up, is no matter of the test.
        return string.Join('\n', lines.Concat(Lab.Ip(Here, "route show table all").Split('\n')).Concat(Lab.Ip(Here, "-6 route show table main").Split('\n')).Where(l => !l.Contains("fe80", StringComparison.Ordinal) && !l.Contains("ff00::", StringComparison.Ordinal)));
    }

    /// <summary>Whether a host answers, in three tries of a second.</summary>
    internal static bool Pings(string networkNamespace, string address) =>
        Programs.Try("ip", "netns", "exec", networkNamespace, "busybox", "ping", "-c", "1", "-w", "3", address).ExitCode == 0;

    public void Dispose()
    {
        foreach (LinkSession session in _sessions) session.Dispose();
        _lab.Dispose();
    }
}
