using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Forwarding;

/// <summary>Finds out what is behind a lower device: certain for a veth pair whose other end can be looked at, for a bridge and for a dummy; a cable leads to something unknown.</summary>
/// <param name="lower">The session of the lower device's namespace.</param>
/// <param name="open">Opens the session of another namespace.</param>
/// <param name="openVswitch">Knows the ports of Open vSwitch; null where they are not asked for.</param>
internal sealed class SwitchReader(LinkSession lower, Func<string?, LinkSession> open, OpenVswitchClient? openVswitch)
{
    private const string Dummy = "dummy";

    internal SwitchView Read(Link device) => device switch
    {
        VethLink veth => BehindVeth(veth),

        // What a bridge sends itself never comes back to it; its ports are the outside.
        BridgeLink => new SwitchView(new SceneSwitch { Behaviour = SwitchBehaviour.None }),
        { Kind: Dummy } => new SwitchView(new SceneSwitch { Behaviour = SwitchBehaviour.None, IsDeadEnd = true }),
        _ => new SwitchView(SceneSwitch.Unknown),
    };

    private SwitchView BehindVeth(VethLink veth)
    {
        if (PeerFinder.Find(veth, lower, open) is not var (session, peer)) return new SwitchView(SceneSwitch.Unknown with { Port = veth.Peer });
        var place = new ProbePlace(session, peer.Name, peer.InterfaceIndex, IsStack: true);
        if (BridgePortClient.AsPort(peer) is { } port) return BehindPort(session, port);
        try
        {
            if (openVswitch?.Find(peer) is { } own) return BehindOpenVswitch(session, own, openVswitch);
        }
        catch (MacvtapException) when (openVswitch!.NamedDatabase is null)
        {
            // It is a port of Open vSwitch, or may be one, and that cannot be asked.
            return new SwitchView(SceneSwitch.Unknown with { Port = peer.Name, NetworkNamespace = peer.NetworkNamespace });
        }

        return peer.Master is null
            ? new SwitchView(new SceneSwitch { Behaviour = SwitchBehaviour.None, Port = peer.Name, PortIndex = peer.InterfaceIndex, NetworkNamespace = peer.NetworkNamespace, IsPortReadable = true }, place with { IsStack = false }, place, MacNumber.Of(peer.MacAddress))
            : new SwitchView(SceneSwitch.Unknown with { Port = peer.Name, NetworkNamespace = peer.NetworkNamespace });
    }

    private SwitchView BehindPort(LinkSession session, BridgePort port)
    {
        var bridge = session.Reader.Find(port.BridgeIndex ?? 0) as BridgeLink;
        Link[] members = [.. session.Reader.List().Links.Where(l => l.MasterIndex == port.BridgeIndex && l.InterfaceIndex != port.InterfaceIndex && l.Record.Port is not null)];
        BridgePort[] forwarding = [.. members.Select(l => new BridgePort(l)).Where(p => p.State == BridgePortState.Forwarding && p.Link.Carrier != false)];
        Outsider outside = OutsideOf(session, [.. forwarding.Select(p => (new ScenePort(p.Name, p.InterfaceIndex, PortSettings.Of(p)), (Link?)p.Link))], bridge);
        SceneSwitch behind = Of(port, outside) with
        {
            Settings = PortSettings.Of(port),
            FiltersVlans = bridge?.VlanFiltering == true,
            SnoopsMulticast = bridge?.MulticastSnooping == true,
            IsBridgeUp = bridge?.AdministrativeStatus != AdministrativeStatus.Down,
            IsPortUp = port.Link.AdministrativeStatus != AdministrativeStatus.Down,
            HasSpanningTree = bridge?.SpanningTree == true,
            BridgeGroupForwardMask = bridge?.Record.Bridge?.GroupForwardMask ?? 0,
        };
        return new SwitchView(behind, new ProbePlace(session, port.Name, port.InterfaceIndex), outside.Place, outside.Address);
    }

    /// <summary>A bridge of Open vSwitch floods as the kernel's does, and learns; what else may be set on it is an uncertainty.</summary>
    private SwitchView BehindOpenVswitch(LinkSession session, BridgePort port, OpenVswitchClient client)
    {
        IReadOnlyList<OpenVswitchPort> ports = client.Others(port);
        OpenVswitchPort[] forwarding = [.. ports.Where(p => p.IsForwarding)];
        IReadOnlyList<Link> links = session.Reader.List().Links;
        Link? local = port.BridgeIndex is { } index && session.Reader.Find(index) is { } link && client.FindBridge(link) is not null ? link : null;
        Outsider outside = OutsideOf(session, [.. forwarding.Select(p => (new ScenePort(p.Name, p.InterfaceIndex ?? 0, PortSettings.Usual), links.FirstOrDefault(p.Is)))], local);
        SceneSwitch behind = Of(port, outside) with
        {
            Backend = BridgeBackend.OpenVswitch,
            OpenVswitchDatabase = client.NamedDatabase,
            Uncertainty = client.Uncertainty(port),
        };
        return new SwitchView(behind, new ProbePlace(session, port.Name, port.InterfaceIndex), outside.Place, outside.Address);
    }

    /// <summary>What is the same of both kinds of bridges.</summary>
    private static SceneSwitch Of(BridgePort port, Outsider outside) => new()
    {
        Behaviour = port.Hairpin ? SwitchBehaviour.ReflectiveRelay : SwitchBehaviour.Plain,
        Port = port.Name,
        PortIndex = port.InterfaceIndex,
        Bridge = port.Bridge,
        NetworkNamespace = port.NetworkNamespace,
        IsPortReadable = true,
        State = port.State,
        OutsidePort = outside.Port,
        IsOutsideBridge = outside.IsBridge,
    };

    /// <summary>Who is outside: the far end of the first port that has one on this machine, else whoever is behind the first port, else the bridge's own host.</summary>
    /// <param name="session">The session of the bridge's namespace.</param>
    /// <param name="ports">The other ports that forward, with their links as far as they are there.</param>
    /// <param name="bridge">The bridge; for Open vSwitch its local port.</param>
    private Outsider OutsideOf(LinkSession session, IReadOnlyList<(ScenePort Port, Link? Link)> ports, Link? bridge)
    {
        foreach ((ScenePort port, Link? link) in ports)
        {
            if (link is VethLink veth && PeerFinder.Find(veth, session, open) is var (there, end) && end.Master is null)
                return new Outsider(port, false, new ProbePlace(there, end.Name, end.InterfaceIndex, IsStack: true), MacNumber.Of(end.MacAddress));
        }

        if (ports.Count > 0) return new Outsider(ports[0].Port, false, null, 0);
        return bridge is { AdministrativeStatus: AdministrativeStatus.Up }
            ? new Outsider(null, true, new ProbePlace(session, bridge.Name, bridge.InterfaceIndex, IsStack: true), MacNumber.Of(bridge.MacAddress))
            : new Outsider(null, false, null, 0);
    }

    /// <summary>Who is outside, and where that can be watched on this machine.</summary>
    private sealed record Outsider(ScenePort? Port, bool IsBridge, ProbePlace? Place, ulong Address);
}
