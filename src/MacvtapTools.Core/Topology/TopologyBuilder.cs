namespace MacvtapTools.Topology;

/// <summary>
/// Makes a forest of links. A port hangs on its bridge, a link on its lower device, and the far end of a veth pair on the near one: so what a macvtap's frames pass
/// is read from the root down. Where a link has two of these, the first counts, and the other one is an edge across. Asks nobody.
/// </summary>
internal static class TopologyBuilder
{
    private static readonly HashSet<string> Macvlans = new(StringComparer.Ordinal) { "macvlan", "macvtap" };

    /// <summary>Builds the topology.</summary>
    /// <param name="links">The links that were read; in any order.</param>
    /// <param name="holders">The processes that hold them, with the link of each.</param>
    /// <param name="namespaces">The network namespaces that were read.</param>
    /// <param name="isComplete">Whether everything could be looked into.</param>
    internal static LinkTopology Build(IEnumerable<TopologyNode> links, IEnumerable<(TopologyNode Holder, NodeKey Link)> holders, IReadOnlyList<string?> namespaces, bool isComplete)
    {
        Dictionary<NodeKey, TopologyNode> known = [];
        foreach (TopologyNode link in links) known.TryAdd(link.Key, link); // an interrupted list can have one twice
        TopologyNode[] read = [.. known.Values.OrderBy(n => n.Key)];
        AddElsewhere(read, known);
        TopologyNode[] all = [.. known.Values.OrderBy(n => n.Key)];
        HashSet<NodeKey> carriers = [.. all.Where(n => n.LowerReference is not null && n.Kind is not null && Macvlans.Contains(n.Kind)).Select(n => n.LowerReference!.Key)];
        HashSet<NodeKey> busy = [.. all.SelectMany(n => new[] { n.LowerReference, n.MasterReference }).OfType<NodeReference>().Select(r => r.Key)];
        List<TopologyEdge> tree = [];
        List<TopologyEdge> across = [];
        foreach (TopologyNode node in all)
        {
            node.Role = RoleOf(node, carriers.Contains(node.Key));
            if (node.MasterReference is { } master) Join(known[master.Key], node, TopologyRelation.Port);
            if (node.LowerReference is { } lower) Join(known[lower.Key], node, TopologyRelation.Lower);
        }

        foreach (TopologyNode node in all)
        {
            if (node.PeerReference is not { } reference) continue;
            TopologyNode peer = known[reference.Key];
            if (IsFirst(node, peer, busy)) Join(node, peer, TopologyRelation.Peer);
        }

        foreach ((TopologyNode holder, NodeKey key) in holders.OrderBy(h => h.Link).ThenBy(h => h.Holder.ProcessId))
        {
            holder.Role = TopologyRole.Holder;
            Join(known[key], holder, TopologyRelation.Holder);
        }

        TopologyNode[] nodes = [.. all.Where(n => n.ParentNode is null).SelectMany(r => r.Tree())];
        return new LinkTopology(nodes, [.. tree, .. across], namespaces, isComplete);

        void Join(TopologyNode parent, TopologyNode child, TopologyRelation relation)
        {
            bool isCross = child.ParentNode is not null || IsAbove(child, parent);
            if (!isCross) child.HangOn(parent, relation);
            (isCross ? across : tree).Add(new TopologyEdge(parent, child, relation, isCross));
        }
    }

    /// <summary>What is named and was not read gets a node too.</summary>
    private static void AddElsewhere(TopologyNode[] read, Dictionary<NodeKey, TopologyNode> known)
    {
        foreach (NodeReference reference in read.SelectMany(n => new[] { n.MasterReference, n.LowerReference, n.PeerReference }).OfType<NodeReference>())
        {
            if (known.ContainsKey(reference.Key)) continue;
            known[reference.Key] = new TopologyNode(IdOf(reference.Key), reference.Name ?? $"index {reference.Key.Index}")
            {
                Key = reference.Key,
                InterfaceIndex = reference.Key.Index,
                NetworkNamespace = reference.NetworkNamespace,
            };
        }
    }

    internal static string IdOf(NodeKey key) => key.Place >= 0 ? $"n{key.Place}_{key.Index}" : $"x{-key.Place}_{key.Index}";

    /// <summary>Which end of a veth pair is nearer to the root. Asked for both ends; exactly one of them is.</summary>
    private static bool IsFirst(TopologyNode node, TopologyNode peer, HashSet<NodeKey> busy)
    {
        if (peer.PeerReference is null) return true; // it was not read, so that nobody asks for it
        bool isPort = node.MasterReference is not null;
        if (isPort != peer.MasterReference is not null) return isPort;
        bool isBusy = busy.Contains(node.Key);
        return isBusy == busy.Contains(peer.Key) ? node.Key.CompareTo(peer.Key) < 0 : !isBusy;
    }

    /// <summary>Whether a node is another one or above it: a list that changed while it was read can go in a circle.</summary>
    private static bool IsAbove(TopologyNode node, TopologyNode other)
    {
        for (TopologyNode? at = other; at is not null; at = at.ParentNode)
        {
            if (at == node) return true;
        }

        return false;
    }

    private static TopologyRole RoleOf(TopologyNode node, bool carries) => node.Kind switch
    {
        _ when node.Status is null => TopologyRole.Elsewhere,
        "macvtap" => TopologyRole.Macvtap,
        "macvlan" => TopologyRole.Macvlan,
        _ when node.IsOpenVswitchBridge => TopologyRole.Bridge,
        "bridge" => TopologyRole.Bridge,
        _ when carries => TopologyRole.LowerDevice,
        "tun" => TopologyRole.Tap,
        _ when node.MasterReference is not null => TopologyRole.Port,
        _ => TopologyRole.Link,
    };
}
