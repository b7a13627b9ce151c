using MacvtapTools.Kernel.Tests.Composition;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;

namespace MacvtapTools.Kernel.Tests.Failing;

/// <summary>A namespace in which every writer has something to do, and what other programs tell of it.</summary>
internal sealed class FailingLab : IDisposable
{
    private readonly LinkBench _bench = new();

    internal FailingLab()
    {
        Other = _bench.Lab.NewNamespace();
        foreach (string name in (string[])["m0", "m1"]) _bench.Create(w => w with { Name = name, Mode = LinkMode.Source, SourceAddress = ["02:ff:00:00:00:01", "02:ff:00:00:00:02"] });

        // Many labs are made, so what can be is made by one program.
        string[] commands =
        [
            "link set p0 addrgenmode none", "link set p1 addrgenmode none", "link add br0 type bridge", "link set br0 addrgenmode none up", "link set p1 master br0", "link add spare type veth peer name spare1",
            "link property add dev m0 altname m0-old", "link property add dev m1 altname m1-old", "addr add 192.0.2.1/24 dev p0", "addr add 192.0.2.2/24 dev p0", "route add 198.51.100.0/24 via 192.0.2.9",
        ];
        Programs.Run("sh", "-c", $"printf '%s\\n' {string.Join(' ', commands.Select(c => $"'{c}'"))} | ip -n {Namespace} -batch - && bridge -n {Namespace} fdb add 01:00:5e:00:00:05 dev p0 self permanent");
    }

    internal string Namespace => _bench.Namespace;

    internal string Other { get; }

    /// <summary>A session that does not fail.</summary>
    internal LinkSession Session => _bench.Session;

    /// <summary>A session in which one request fails.</summary>
    internal (LinkSession Session, FailingChannel Channel) Open(int number, bool isAnswerLost)
    {
        using NamespaceHandle handle = NamespaceResolver.Open(Namespace);
        var channel = new FailingChannel(NamespaceRunner.Run(handle, static () => NetlinkSocket.Open(TimeSpan.FromSeconds(10))), number, isAnswerLost, countsReadings: true);
        return (LinkSession.Over(channel), channel);
    }

    /// <summary>Links with their values, addresses, routes, ports, groups and filters of both namespaces; without what settles by itself, and without times and counters.</summary>
    internal string State()
    {
        string[] looks =
        [
            "ip -d address show", "ip route show table all", "bridge fdb show | grep 01:00:5e", "bridge -d link show",
            "tc qdisc show dev m0", "tc filter show dev m0 egress", "tc filter show dev m0 ingress", $"ip -n {Other} -d address show", $"ip -n {Other} route show table all",
        ];
        string[] lines = Programs.Run("ip", "netns", "exec", Namespace, "sh", "-c", $"({string.Join("; ", looks)}) 2>&1; true").Split('\n');
        return string.Join('\n', lines.Select(l => System.Text.RegularExpressions.Regex.Replace(l, @" state \w+|,?LOWER_UP|NO-CARRIER,|,?M-DOWN| \w+_timer +[\d.]+| linkdown", string.Empty)).Where(l => !l.Contains("valid_lft", StringComparison.Ordinal) && !l.Contains("fe80", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _bench.Dispose();
}
