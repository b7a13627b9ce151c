using MacvtapTools.Bridging;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A link as the port of a bridge. Null where this kernel does not report a value.</summary>
public sealed class BridgePort
{
    private readonly BridgePortFacts _facts;

    internal BridgePort(Link link)
    {
        Link = link;
        _facts = link.Record.Port!;
    }

    internal BridgePort(Link link, OpenVswitchPort port, bool hairpin, string database)
    {
        Link = link;
        _facts = new BridgePortFacts
        {
            [BridgePortCodec.STATE] = (ulong)(port.IsForwarding ? BridgePortState.Forwarding : BridgePortState.Disabled),
            [BridgePortCodec.MODE] = hairpin ? 1u : 0u,
            [BridgePortCodec.NO] = (ulong)port.OpenFlowPort,
        };
        OpenVswitch = port;
        OpenVswitchDatabase = database;
    }

    /// <summary>The interface name of the port.</summary>
    public string Name => Link.Name;

    /// <summary>The interface index of the port.</summary>
    public int InterfaceIndex => Link.InterfaceIndex;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The name of the bridge.</summary>
    public string? Bridge => OpenVswitch is { } port ? port.Bridge : Link.Master;

    /// <summary>The interface index of the bridge.</summary>
    public int? BridgeIndex => OpenVswitch is { } port ? port.BridgeIndex : Link.MasterIndex;

    /// <summary>Whether the bridge is one of the kernel or of Open vSwitch. An Open vSwitch port has no value for what only the kernel's bridge knows.</summary>
    public BridgeBackend Backend => OpenVswitch is null ? BridgeBackend.Kernel : BridgeBackend.OpenVswitch;

    /// <summary>The socket of the Open vSwitch database that the port was found in; null for a port of a kernel bridge.</summary>
    public string? OpenVswitchDatabase { get; }

    /// <summary>The spanning-tree state. Of an Open vSwitch port only whether it forwards is known.</summary>
    public BridgePortState State => (BridgePortState)(_facts[BridgePortCodec.STATE] ?? 0);

    /// <summary>Whether a frame may leave through the port that it came from: the reflective relay that vepa needs.</summary>
    public bool Hairpin => _facts.IsSet(BridgePortCodec.MODE);

    /// <summary>Whether hairpin can take effect: the port must be forwarding and not isolated.</summary>
    public bool IsHairpinEffective => Hairpin && State == BridgePortState.Forwarding && Isolated != true;

    /// <summary>Whether the port exchanges frames only with ports that are not isolated; an isolated port reflects nothing.</summary>
    public bool? Isolated => Flag(BridgePortCodec.ISOLATED);

    /// <summary>Whether addresses are learned.</summary>
    public bool? Learning => Flag(BridgePortCodec.LEARNING);

    /// <summary>Whether unicast to unknown addresses is sent here.</summary>
    public bool? UnicastFlood => Flag(BridgePortCodec.UNICAST_FLOOD);

    /// <summary>Whether multicast that nobody asked for is sent here.</summary>
    public bool? MulticastFlood => Flag(BridgePortCodec.MCAST_FLOOD);

    /// <summary>Whether broadcast is sent here; without it a reflected ARP request does not return.</summary>
    public bool? BroadcastFlood => Flag(BridgePortCodec.BCAST_FLOOD);

    /// <summary>The path cost of the spanning tree.</summary>
    public long? Cost => (long?)_facts[BridgePortCodec.COST];

    /// <summary>The priority in the spanning tree, 0 to 63.</summary>
    public int? Priority => (int?)_facts[BridgePortCodec.PRIORITY];

    /// <summary>Whether a BPDU switches the port off.</summary>
    public bool? Guard => Flag(BridgePortCodec.GUARD);

    /// <summary>Whether the port may not become the root port.</summary>
    public bool? RootBlock => Flag(BridgePortCodec.PROTECT);

    /// <summary>Whether a multicast group is left at once.</summary>
    public bool? FastLeave => Flag(BridgePortCodec.FAST_LEAVE);

    /// <summary>Whether the bridge answers ARP for the hosts behind the port.</summary>
    public bool? ProxyArp => Flag(BridgePortCodec.PROXYARP);

    /// <summary>The same, in the variant for wireless.</summary>
    public bool? ProxyArpWifi => Flag(BridgePortCodec.PROXYARP_WIFI);

    /// <summary>0 no multicast router here, 1 found by itself, 2 always, 3 for a while.</summary>
    public int? MulticastRouter => (int?)_facts[BridgePortCodec.MULTICAST_ROUTER];

    /// <summary>Whether multicast is sent as unicast to each that asked.</summary>
    public bool? MulticastToUnicast => Flag(BridgePortCodec.MCAST_TO_UCAST);

    /// <summary>Whether VLANs are mapped to tunnels.</summary>
    public bool? VlanTunnel => Flag(BridgePortCodec.VLAN_TUNNEL);

    /// <summary>Which link-local groups (01:80:c2:00:00:0X, one bit each) are forwarded.</summary>
    public int? GroupForwardMask => (int?)_facts[BridgePortCodec.GROUP_FWD_MASK];

    /// <summary>Whether ARP and neighbour discovery are answered instead of flooded.</summary>
    public bool? NeighbourSuppression => Flag(BridgePortCodec.NEIGH_SUPPRESS);

    /// <summary>Whether only addresses that were entered beforehand may send.</summary>
    public bool? Locked => Flag(BridgePortCodec.LOCKED);

    /// <summary>Whether a locked port notes who wanted to send (MAC authentication bypass).</summary>
    public bool? MacAuthenticationBypass => Flag(BridgePortCodec.MAB);

    /// <summary>The interface index of the port that takes over when this one has no carrier.</summary>
    public int? BackupPortIndex => (int?)_facts[BridgePortCodec.BACKUP_PORT];

    /// <summary>How many multicast groups are joined at the port.</summary>
    public long? MulticastGroupCount => (long?)_facts[BridgePortCodec.MCAST_N_GROUPS];

    /// <summary>How many multicast groups may be joined at the port; 0 is no limit.</summary>
    public long? MulticastGroupLimit => (long?)_facts[BridgePortCodec.MCAST_MAX_GROUPS];

    /// <summary>How many hosts are followed that joined multicast groups.</summary>
    public long? MulticastHostCount => (long?)_facts[BridgePortCodec.MCAST_EHT_HOSTS_CNT];

    /// <summary>How many hosts may be followed that joined multicast groups.</summary>
    public long? MulticastHostLimit => (long?)_facts[BridgePortCodec.MCAST_EHT_HOSTS_LIMIT];

    /// <summary>Whether ARP and neighbour discovery are answered for each VLAN apart.</summary>
    public bool? NeighbourVlanSuppression => Flag(BridgePortCodec.NEIGH_VLAN_SUPPRESS);

    /// <summary>The next hop group over which traffic for a VXLAN goes when this port has no carrier; null for none.</summary>
    public long? BackupNextHopGroup => (long?)_facts[BridgePortCodec.BACKUP_NHID];

    /// <summary>The root bridge, as the port sees it: priority in hex, a point, the address.</summary>
    public string? RootId => BridgeIdentifier(BridgePortCodec.ROOT_ID);

    /// <summary>The designated bridge of the port's segment, in the same form.</summary>
    public string? DesignatedBridgeId => BridgeIdentifier(BridgePortCodec.BRIDGE_ID);

    /// <summary>The designated port of the segment: priority and number.</summary>
    public int? DesignatedPort => (int?)_facts[BridgePortCodec.DESIGNATED_PORT];

    /// <summary>The path cost that the segment announces.</summary>
    public int? DesignatedCost => (int?)_facts[BridgePortCodec.DESIGNATED_COST];

    /// <summary>The port's identifier in the spanning tree: priority and number.</summary>
    public int? PortId => (int?)_facts[BridgePortCodec.ID];

    /// <summary>Whether a topology change is to be acknowledged.</summary>
    public bool? TopologyChangeAcknowledge => Flag(BridgePortCodec.TOPOLOGY_CHANGE_ACK);

    /// <summary>Whether a configuration message waits to be sent.</summary>
    public bool? ConfigurationPending => Flag(BridgePortCodec.CONFIG_PENDING);

    /// <summary>How long the last message of the spanning tree still holds.</summary>
    public TimeSpan? MessageAgeTimer => Timer(BridgePortCodec.MESSAGE_AGE_TIMER);

    /// <summary>How long the port still listens or learns.</summary>
    public TimeSpan? ForwardDelayTimer => Timer(BridgePortCodec.FORWARD_DELAY_TIMER);

    /// <summary>How long the next configuration message is still held back.</summary>
    public TimeSpan? HoldTimer => Timer(BridgePortCodec.HOLD_TIMER);

    /// <summary>Whether the port has lost the ring (Media Redundancy Protocol).</summary>
    public bool? MrpRingOpen => Flag(BridgePortCodec.MRP_RING_OPEN);

    /// <summary>Whether the port has lost the interconnection of rings (Media Redundancy Protocol).</summary>
    public bool? MrpInterconnectOpen => Flag(BridgePortCodec.MRP_IN_OPEN);

    /// <summary>The port's number in its bridge; with Open vSwitch, by which flows name it.</summary>
    public int? PortNumber => (int?)_facts[BridgePortCodec.NO];

    /// <summary>The network namespace as it was named when the port was read; null for the current one.</summary>
    public string? NetworkNamespace => Link.NetworkNamespace;

    /// <summary>The link that is the port.</summary>
    internal Link Link { get; }

    /// <summary>What Open vSwitch knows of the port; null for a port of a kernel bridge.</summary>
    internal OpenVswitchPort? OpenVswitch { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Hundredths of a second that a timer still has.</summary>
    private TimeSpan? Timer(int attribute) => _facts[attribute] is { } value ? TimeSpan.FromMilliseconds(value * 10.0) : null;

    /// <summary>struct ifla_bridge_id: two bytes of priority, six of address.</summary>
    private string? BridgeIdentifier(int attribute)
    {
        if (_facts[attribute] is not { } value) return null;
        byte[] bytes = BitConverter.GetBytes(value);
        return $"{bytes[0]:x2}{bytes[1]:x2}.{HardwareAddress.Format(bytes.AsSpan(2))}";
    }

    private bool? Flag(int attribute) => _facts[attribute] is { } value ? value != 0 : null;
}
