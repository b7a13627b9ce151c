namespace MacvtapTools;

/// <summary>The links of one or more network namespaces, and how they hang together: a forest of bridges, ports, lower devices, links and the processes that hold them.</summary>
public sealed class LinkTopology
{
    internal LinkTopology(IReadOnlyList<TopologyNode> nodes, IReadOnlyList<TopologyEdge> edges, IReadOnlyList<string?> namespaces, bool isComplete)
    {
        Node = nodes;
        Edge = edges;
        NetworkNamespace = namespaces;
        IsComplete = isComplete;
    }

    /// <summary>The nodes, tree by tree, each before what hangs on it.</summary>
    public IReadOnlyList<TopologyNode> Node { get; }

    /// <summary>The edges: those of the trees, then those across.</summary>
    public IReadOnlyList<TopologyEdge> Edge { get; }

    /// <summary>The network namespaces that were read; null is the current one.</summary>
    public IReadOnlyList<string?> NetworkNamespace { get; }

    /// <summary>Whether every process could be looked into, and no link came or went meanwhile. Else holders or links can be missing.</summary>
    public bool IsComplete { get; }

    /// <summary>How many links and holders of which network namespaces.</summary>
    public override string ToString() =>
        $"{Node.Count} node{(Node.Count == 1 ? string.Empty : "s")} of {string.Join(", ", NetworkNamespace.Select(n => n is null ? "the current network namespace" : $"network namespace {n}"))}";

    internal IEnumerable<TopologyNode> Roots => Node.Where(n => n.ParentNode is null);

    /// <summary>The trees that have a node of which something is true.</summary>
    internal LinkTopology Where(Func<TopologyNode, bool> isWanted)
    {
        TopologyNode[] nodes = [.. Roots.Select(r => r.Tree().ToList()).Where(t => t.Exists(n => isWanted(n))).SelectMany(t => t)];
        HashSet<TopologyNode> kept = [.. nodes];
        return new LinkTopology(nodes, [.. Edge.Where(e => kept.Contains(e.FromNode) && kept.Contains(e.ToNode))], NetworkNamespace, IsComplete);
    }
}
