using System.Globalization;

namespace MacvtapTools.Topology;

/// <summary>What is written about a node, the same in every drawing.</summary>
internal static class NodeText
{
    /// <summary>The name, of a process with its id.</summary>
    internal static string Title(TopologyNode node) => node.ProcessId is { } id ? $"{node.Name}({id.ToString(CultureInfo.InvariantCulture)})" : node.Name;

    /// <summary>What kind of link it is, with its mode: "macvtap bridge".</summary>
    internal static string Kind(TopologyNode node) => node switch
    {
        { Role: TopologyRole.Holder } => "process",
        { Role: TopologyRole.Elsewhere } => "link elsewhere",
        { IsOpenVswitchBridge: true } => "Open vSwitch bridge",
        { Mode: { } mode } => $"{node.Kind} {mode.ToString().ToLowerInvariant()}",
        { IsLoopback: true } => "loopback",
        { Kind: null } => "physical",
        { Kind: { } kind } => kind,
    };

    /// <summary>What it is for a bridge: "hairpin on"; null where it is no port.</summary>
    internal static string? Port(TopologyNode node)
    {
        if (node.Hairpin is not { } hairpin) return node.Master is { } master ? $"member of {master}" : null;
        string text = $"hairpin {(hairpin ? node.IsHairpinEffective == true ? "on" : "on without effect" : "off")}";
        return node.State is BridgePortState.Forwarding ? text : $"{text}, {node.State?.ToString().ToLowerInvariant()}";
    }

    /// <summary>Why no frames pass; null where they do. An Open vSwitch bridge passes them also where its local port, which stands for it, is down.</summary>
    internal static string? Obstacle(TopologyNode node) => node.Status switch
    {
        _ when node.IsOpenVswitchBridge => null,
        null or LinkStatus.Up => null,
        LinkStatus.Down => "down",
        LinkStatus.NoCarrier => "no carrier",
        LinkStatus.LowerLayerDown => "lower device down",
        { } other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether it has to be said which namespace a node is in: it is not that of what it hangs on, or of a root not the current one.</summary>
    internal static string? Namespace(TopologyNode node)
    {
        if (node.Role == TopologyRole.Elsewhere) return node.NetworkNamespace is { } there ? $"in {there}" : "in another namespace";
        if (node.ParentNode is { } parent && parent.Key.Place == node.Key.Place) return null;
        if (node.Role == TopologyRole.Holder || (node.ParentNode is null && node.NetworkNamespace is null)) return null;
        return node.NetworkNamespace is { } name ? $"in {name}" : "in the current namespace";
    }

    /// <summary>The edges across that end or begin here, in words.</summary>
    internal static string? Across(TopologyNode node, ILookup<TopologyNode, TopologyEdge> across)
    {
        string text = string.Join(", ", across[node].Select(e => e switch
        {
            { Relation: TopologyRelation.Peer } => $"cable to {(e.FromNode == node ? e.ToNode : e.FromNode).Name}",
            { Relation: TopologyRelation.Lower } when e.ToNode == node => $"on {e.FromNode.Name}",
            { Relation: TopologyRelation.Port } when e.ToNode == node => $"port of {e.FromNode.Name}",
            _ => null,
        }).OfType<string>());
        return text.Length == 0 ? null : text;
    }

    /// <summary>The edges across, by each of their ends.</summary>
    internal static ILookup<TopologyNode, TopologyEdge> AcrossOf(LinkTopology topology) =>
        topology.Edge.Where(e => e.IsCross).SelectMany(e => new[] { (Node: e.FromNode, Edge: e), (Node: e.ToNode, Edge: e) }).ToLookup(p => p.Node, p => p.Edge);

    /// <summary>Below which node who reaches whom on a lower device is drawn: the last one that hangs on it; null where the lower device is not in the picture.</summary>
    internal static TopologyNode? Below(LinkTopology topology, ReachSummary reach) =>
        topology.Node.FirstOrDefault(n => n.ProcessId is null && n.Status is not null && n.InterfaceIndex == reach.Scene.Lower.InterfaceIndex && n.NetworkNamespace == reach.Scene.Lower.NetworkNamespace)?.Tree().Last();

    /// <summary>All that is said beside the name, line by line.</summary>
    internal static IEnumerable<string> Lines(TopologyNode node, ILookup<TopologyNode, TopologyEdge> across)
    {
        string kind = Kind(node);
        if (node.Role == TopologyRole.Holder) return [kind];
        if (node.Relation == TopologyRelation.Peer) kind += " (peer)";
        return new[] { kind, Port(node), Obstacle(node), node.Role == TopologyRole.Elsewhere ? null : node.MacAddress, Namespace(node), Across(node, across) }.OfType<string>();
    }
}
