using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Topology;

/// <summary>Reads the links of network namespaces and who holds them: one list for each namespace, one look through all processes.</summary>
/// <param name="sessions">The sessions of the namespaces, each once.</param>
/// <param name="openVswitch">Knows the ports of Open vSwitch; null where they are not asked for.</param>
internal sealed class TopologyCollector(IReadOnlyList<LinkSession> sessions, OpenVswitchClient? openVswitch = null)
{
    private readonly List<TopologyNode> _nodes = [];
    private readonly List<(NodeKey Link, TapDevice? Classic, DeviceNumber Device)> _taps = [];
    private readonly Dictionary<(int Place, int Id), int> _elsewhere = [];
    private readonly List<string> _lostBridges = [];
    private readonly TapDeviceLocator _locator = new();
    private bool _isComplete = true;

    /// <summary>Why bridges of Open vSwitch are not in what was read; null where they are, or there is none.</summary>
    internal string? OpenVswitchProblem { get; private set; }

    /// <summary>Reads everything.</summary>
    /// <exception cref="MacvtapException">The Open vSwitch database that the user named cannot be asked.</exception>
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
                _nodes.Add(Describe(link, list, session, place));
                if (link is MacvtapLink or TapLink) AddTap(link, session, place);
            }
        }

        return TopologyBuilder.Build(_nodes, Holders(cancellation), [.. sessions.Select(s => s.Reader.NetworkNamespace)], _isComplete);
    }

    private TopologyNode Describe(Link link, LinkList list, LinkSession session, int place)
    {
        BridgePort? port = BridgePortClient.AsPort(link) ?? Ask(client => client.Find(link));
        OpenVswitchBridge? bridge = port is null ? Ask(client => client.FindBridge(link)) : null;
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
            Master = port?.Bridge ?? link.Master,
            Backend = bridge is not null ? BridgeBackend.OpenVswitch : link is BridgeLink ? BridgeBackend.Kernel : port?.Backend,
            IsOpenVswitchBridge = bridge is not null,
            Hairpin = port?.Hairpin,
            IsHairpinEffective = port?.IsHairpinEffective,
            State = port?.State,
            IsLoopback = (link.Flags & InterfaceFlag.Loopback) != 0,
            AlternativeName = link.AlternativeName,
            MasterReference = port?.OpenVswitch is { } own ? ReferToBridge(own) : link.MasterIndex is { } master ? new NodeReference(new NodeKey(place, master), link.Master, link.NetworkNamespace) : null,
            LowerReference = link.LowerDeviceIndex is { } lower ? Refer(lower, link.LowerDeviceNamespaceId, link.LowerDevice, link.LowerDeviceNamespace) : null,
            PeerReference = veth?.PeerIndex is { } peer ? Refer(peer, veth.PeerNamespaceId, veth.Peer, veth.PeerNamespace) : null,
        };

        // The local port stands for the bridge. It can be in another namespace, or not open.
        NodeReference ReferToBridge(OpenVswitchPort own) => own.BridgeIndex is { } index && list.Links.Any(l => l.InterfaceIndex == index && l.Name == own.Bridge)
            ? new NodeReference(new NodeKey(place, index), own.Bridge, link.NetworkNamespace)
            : new NodeReference(new NodeKey(PlaceOfBridge(place, own.Bridge), own.BridgeIndex ?? 0), own.Bridge, null);

        NodeReference Refer(int index, int? id, string? name, string? there) =>
            id is { } foreign ? new NodeReference(new NodeKey(PlaceOf(session, place, foreign), index), name, there) : new NodeReference(new NodeKey(place, index), name, link.NetworkNamespace);
    }

    /// <summary>What the user did not name is left out where it fails; once is enough.</summary>
    private T? Ask<T>(Func<OpenVswitchClient, T?> question)
        where T : class
    {
        if (openVswitch is null || OpenVswitchProblem is not null) return null;
        try
        {
            return question(openVswitch);
        }
        catch (MacvtapException failure) when (openVswitch.NamedDatabase is null)
        {
            OpenVswitchProblem = failure.Message;
            _isComplete = false;
            return null;
        }
    }

    /// <summary>The number of a namespace that another one knows by an id; a negative one where it was not read.</summary>
    private int PlaceOf(LinkSession session, int place, int id)
    {
        if (_elsewhere.TryGetValue((place, id), out int known)) return known;
        NetworkNamespace? there = session.Reader.NamespaceOf(id);
        int found = there is null ? -1 : sessions.ToList().FindIndex(s => s.Namespace.Inode == there.Inode && s.Namespace.FileSystem == there.FileSystem);
        return _elsewhere[(place, id)] = found >= 0 ? found : -1 - _elsewhere.Count;
    }

    /// <summary>A place of its own for a bridge whose local port was not read.</summary>
    private int PlaceOfBridge(int place, string name)
    {
        if (!_lostBridges.Contains(name)) _lostBridges.Add(name);
        (int, int) key = (place, -1 - _lostBridges.IndexOf(name));
        if (!_elsewhere.TryGetValue(key, out int known)) _elsewhere[key] = known = -1 - _elsewhere.Count;
        return known;
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
