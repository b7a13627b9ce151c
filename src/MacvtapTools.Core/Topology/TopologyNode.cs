using MacvtapTools.Topology;

namespace MacvtapTools;

/// <summary>A link, or a process that holds one, as a node of a topology.</summary>
public sealed class TopologyNode
{
    private readonly List<TopologyNode> _children = [];

    internal TopologyNode(string id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>Tells it from every other node of its topology; stays the same while its link does.</summary>
    public string Id { get; }

    /// <summary>The interface name; of a process, the name of its program.</summary>
    public string Name { get; }

    /// <summary>What it is in the topology.</summary>
    public TopologyRole Role { get; internal set; }

    /// <summary>The interface index; null for a process.</summary>
    public int? InterfaceIndex { get; internal init; }

    /// <summary>The kernel's name of the kind; null for physical devices, processes, and links elsewhere.</summary>
    public string? Kind { get; internal init; }

    /// <summary>Of macvlan and macvtap: the mode.</summary>
    public LinkMode? Mode { get; internal init; }

    /// <summary>Whether frames can pass, and if not why; null for a process and a link elsewhere.</summary>
    public LinkStatus? Status { get; internal init; }

    /// <summary>The link-layer address.</summary>
    public string? MacAddress { get; internal init; }

    /// <summary>The network namespace as it was named when it was read; null for the current one, and where it could not be found.</summary>
    public string? NetworkNamespace { get; internal init; }

    /// <summary>The bridge, bond or VRF that it belongs to.</summary>
    public string? Master { get; internal init; }

    /// <summary>Of a bridge and its ports: whether the bridge is one of the kernel or of Open vSwitch.</summary>
    public BridgeBackend? Backend { get; internal init; }

    /// <summary>Of a bridge port: whether a frame may leave through the port that it came from.</summary>
    public bool? Hairpin { get; internal init; }

    /// <summary>Of a bridge port: whether it reflects in fact. Hairpin of a port that is isolated or not forwarding does nothing.</summary>
    public bool? IsHairpinEffective { get; internal init; }

    /// <summary>Of a bridge port: the spanning-tree state.</summary>
    public BridgePortState? State { get; internal init; }

    /// <summary>Of a process: its id.</summary>
    public int? ProcessId { get; internal init; }

    /// <summary>The id of the node that it hangs on; null for a root.</summary>
    public string? Parent => ParentNode?.Id;

    /// <summary>How it hangs on its parent; null for a root.</summary>
    public TopologyRelation? Relation { get; private set; }

    internal TopologyNode? ParentNode { get; private set; }

    internal IReadOnlyList<TopologyNode> Children => _children;

    /// <summary>The place and index of the link; unique among the links of a topology.</summary>
    internal NodeKey Key { get; init; }

    internal NodeReference? MasterReference { get; init; }

    internal NodeReference? LowerReference { get; init; }

    internal NodeReference? PeerReference { get; init; }

    /// <summary>Whether the link is the local port of a bridge of Open vSwitch, and stands for it.</summary>
    internal bool IsOpenVswitchBridge { get; init; }

    /// <summary>Whether the link is the loopback.</summary>
    internal bool IsLoopback { get; init; }

    internal IReadOnlyList<string> AlternativeName { get; init; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal void HangOn(TopologyNode parent, TopologyRelation relation)
    {
        ParentNode = parent;
        Relation = relation;
        parent._children.Add(this);
    }

    /// <summary>The node and everything below it, in the order of a tree that is read from top to bottom.</summary>
    internal IEnumerable<TopologyNode> Tree()
    {
        var waiting = new Stack<TopologyNode>();
        waiting.Push(this);
        while (waiting.TryPop(out TopologyNode? node))
        {
            yield return node;
            for (int i = node._children.Count - 1; i >= 0; i--) waiting.Push(node._children[i]);
        }
    }
}
