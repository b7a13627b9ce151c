using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Topology;

/// <summary>Reads the links of network namespaces and who holds them: one list for each namespace, one look through all processes.</summary>
/// <param name="sessions">The sessions of the namespaces, each once.</param>
internal sealed class TopologyCollector(IReadOnlyList<LinkSession> sessions)
{
    private readonly List<TopologyNode> _nodes = [];
    private readonly List<(NodeKey Link, TapDevice? Classic, DeviceNumber Device)> _taps = [];
    private readonly Dictionary<(int Place, int Id), int> _elsewhere = [];
    private readonly TapDeviceLocator _locator = new();
    private bool _isComplete = true;

    /// <summary>Reads everything.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal LinkTopology Read(CancellationToken cancellation)
    {
        for (int place = 0; place < sessions.Count; place++)
        {
            LinkSession session = sessions[place];
            LinkList list = session.Reader.List();
            _isComplete &= !list.IsInterrupted;
            foreach (Link link in list.Links)
            {
                cancellation.ThrowIfCancellationRequested();
                _nodes.Add(Describe(link, session, place));
                if (link is MacvtapLink or TapLink) AddTap(link, session, place);
            }
        }

        return TopologyBuilder.Build(_nodes, Holders(cancellation), [.. sessions.Select(s => s.Reader.NetworkNamespace)], _isComplete);
    }

    private TopologyNode Describe(Link link, LinkSession session, int place)
    {
        BridgePort? port = BridgePortClient.AsPort(link);
        var key = new NodeKey(place, link.InterfaceIndex);
        var veth = link as VethLink;
        return new TopologyNode(TopologyBuilder.IdOf(key), link.Name)
        {
            Key = key,
            InterfaceIndex = link.InterfaceIndex,
            Kind = link.Kind,
            Mode = (link as MacvlanLink)?.Mode,
            Status = link.Status,
            MacAddress = link.MacAddress,
            NetworkNamespace = link.NetworkNamespace,
            Master = link.Master,
            Hairpin = port?.Hairpin,
            IsHairpinEffective = port?.IsHairpinEffective,
            State = port?.State,
            IsLoopback = (link.Flags & InterfaceFlag.Loopback) != 0,
            AlternativeName = link.AlternativeName,
            MasterReference = link.MasterIndex is { } master ? new NodeReference(new NodeKey(place, master), link.Master, link.NetworkNamespace) : null,
            LowerReference = link.LowerDeviceIndex is { } lower ? Refer(lower, link.LowerDeviceNamespaceId, link.LowerDevice, link.LowerDeviceNamespace) : null,
            PeerReference = veth?.PeerIndex is { } peer ? Refer(peer, veth.PeerNamespaceId, veth.Peer, veth.PeerNamespace) : null,
        };

        NodeReference Refer(int index, int? id, string? name, string? there) =>
            id is { } foreign ? new NodeReference(new NodeKey(PlaceOf(session, place, foreign), index), name, there) : new NodeReference(new NodeKey(place, index), name, link.NetworkNamespace);
    }

    /// <summary>The number of a namespace that another one knows by an id; a negative one where it was not read.</summary>
    private int PlaceOf(LinkSession session, int place, int id)
    {
        if (_elsewhere.TryGetValue((place, id), out int known)) return known;
        NetworkNamespace? there = session.Reader.NamespaceOf(id);
        int found = there is null ? -1 : sessions.ToList().FindIndex(s => s.Namespace.Inode == there.Inode && s.Namespace.FileSystem == there.FileSystem);
        return _elsewhere[(place, id)] = found >= 0 ? found : -1 - _elsewhere.Count;
    }

    private void AddTap(Link link, LinkSession session, int place)
    {
        var key = new NodeKey(place, link.InterfaceIndex);
        try
        {
            if (link is TapLink)
            {
                TapDevice classic = _locator.Locate(session, link);
                _taps.Add((key, classic, classic.Device));
            }
            else if (TapDeviceLocator.FindDevice(link.Name, link.InterfaceIndex, session.Sysfs) is { } device)
            {
                _taps.Add((key, null, device));
            }
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            _isComplete = false; // the sysfs of another namespace needs a capability that the caller need not have
        }
    }

    private List<(TopologyNode Holder, NodeKey Link)> Holders(CancellationToken cancellation)
    {
        if (_taps.Count == 0) return [];
        TapHolderScan scan = TapHolderScanner.Scan(_taps.Select(t => t.Device).ToHashSet(), cancellation);
        _isComplete &= scan.IsComplete;
        List<(TopologyNode, NodeKey)> holders = [];
        foreach ((NodeKey link, TapDevice? classic, DeviceNumber device) in _taps)
        {
            foreach (TapHolder holder in classic is null ? scan.HoldersOf(device) : scan.HoldersOf(classic))
            {
                holders.Add((
                    new TopologyNode($"{TopologyBuilder.IdOf(link)}_p{holder.ProcessId}", holder.ProgramName) { ProcessId = holder.ProcessId, NetworkNamespace = sessions[link.Place].Reader.NetworkNamespace },
                    link));
            }
        }

        return holders;
    }
}
