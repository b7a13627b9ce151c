using MacvtapTools.Topology;

namespace MacvtapTools.Tests.Topology;

/// <summary>Topologies for tests, made of nodes as the collector would make them.</summary>
internal static class Forests
{
    internal static TopologyNode Link(int place, int index, string name, string? kind = "macvtap", NodeReference? lower = null, NodeReference? master = null, NodeReference? peer = null, bool? hairpin = null, LinkMode? mode = null, LinkStatus status = LinkStatus.Up) =>
        new(TopologyBuilder.IdOf(new NodeKey(place, index)), name)
        {
            Key = new NodeKey(place, index),
            InterfaceIndex = index,
            Kind = kind,
            Mode = mode,
            Status = status,
            MacAddress = $"02:00:00:00:{place:x2}:{index:x2}",
            NetworkNamespace = place == 0 ? null : $"ns{place}",
            Hairpin = hairpin,
            IsHairpinEffective = hairpin,
            State = hairpin is null ? null : BridgePortState.Forwarding,
            Master = master?.Name,
            LowerReference = lower,
            MasterReference = master,
            PeerReference = peer,
        };

    internal static NodeReference To(int place, int index, string name) => new(new NodeKey(place, index), name, place == 0 ? null : $"ns{place}");

    internal static TopologyNode Process(int id, string name) => new($"p{id}", name) { ProcessId = id };

    /// <summary>br0 with port p0 (hairpin on), whose peer eth0 in namespace 1 carries macvtaps; the first is held.</summary>
    internal static LinkTopology Lab(int macvtaps, string prefix = "m") => Build(
    [
        Link(0, 2, "br0", "bridge"),
        Link(0, 3, "p0", "veth", master: To(0, 2, "br0"), peer: To(1, 2, "eth0"), hairpin: true),
        Link(1, 2, "eth0", "veth", peer: To(0, 3, "p0")),
        .. Enumerable.Range(0, macvtaps).Select(i => Link(1, 3 + i, $"{prefix}{i}", lower: To(1, 2, "eth0"), mode: i % 2 == 0 ? LinkMode.Bridge : LinkMode.Vepa, status: i == 1 ? LinkStatus.Down : LinkStatus.Up)),
    ],
    macvtaps == 0 ? [] : [(Process(4711, "qemu"), new NodeKey(1, 3))]);

    internal static LinkTopology Build(IEnumerable<TopologyNode> links, IEnumerable<(TopologyNode, NodeKey)>? holders = null) => TopologyBuilder.Build(links, holders ?? [], [null, "ns1"], true);

    /// <summary>Some forest of links, the same for the same seed.</summary>
    internal static LinkTopology Random(int seed, int count)
    {
        var random = new Random(seed);
        List<TopologyNode> links = [];
        for (int i = 0; i < count; i++)
        {
            NodeReference? below = i > 0 && random.Next(8) > 0 ? To(0, 1 + random.Next(Math.Min(i, 1 + (count / 6))), "x") : null;
            links.Add(Link(0, 1 + i, new string('n', 1 + random.Next(15)), "macvlan", lower: below, mode: LinkMode.Bridge));
        }

        return Build(links, Enumerable.Range(0, count / 5).Select(i => (Process(100 + i, "program"), new NodeKey(0, 1 + (i * 3)))));
    }
}
