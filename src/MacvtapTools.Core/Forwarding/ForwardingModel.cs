namespace MacvtapTools.Forwarding;

/// <summary>
/// Who reaches whom, as a function of a scene and nothing else: drivers/net/macvlan.c of Linux 6.18 in a few rules. The sender's mode decides when a frame leaves
/// (macvlan_queue_xmit), the source's when a broadcast comes back, and the receiver's only in that both must be bridge, and that source mode receives by its list
/// (macvlan_handle_frame). Safe for several threads.
/// </summary>
internal sealed class ForwardingModel
{
    private readonly ForwardingScene _scene;
    private readonly SceneLink[] _links;
    private readonly ReceiveRules _receive;
    private readonly ForwardingRule? _lowerObstacle;

    /// <param name="scene">The scene.</param>
    /// <param name="group">The group that multicast goes to, as a number.</param>
    internal ForwardingModel(ForwardingScene scene, ulong group)
    {
        _scene = scene;
        _links = [.. scene.Links];
        _receive = new ReceiveRules(scene);
        Group = group;
        _lowerObstacle = !scene.Lower.IsUp ? ForwardingRule.LowerDeviceDown : !scene.Lower.HasCarrier ? ForwardingRule.LowerDeviceNoCarrier : null;
    }

    internal ForwardingScene Scene => _scene;

    /// <summary>The group that multicast goes to.</summary>
    internal ulong Group { get; }

    /// <summary>The frame that one place sends to another, with its own address in it.</summary>
    internal SceneFrame Frame(int from, int to, TrafficKind kind) => new(from, _scene.AddressOf(from), kind switch
    {
        TrafficKind.Unicast => _scene.AddressOf(to),
        TrafficKind.Broadcast => MacNumber.Broadcast,
        _ => Group,
    }, kind);

    /// <summary>Whether one place reaches another.</summary>
    /// <param name="from">The place that sends.</param>
    /// <param name="to">The place that shall receive.</param>
    /// <param name="kind">One kind.</param>
    internal Verdict Decide(int from, int to, TrafficKind kind) => Decide(Frame(from, to, kind), to);

    /// <summary>Whether a frame arrives at a place.</summary>
    internal Verdict Decide(in SceneFrame frame, int to)
    {
        if (SenderObstacle(frame.Sender) is { } obstacle) return Verdict.No(obstacle);
        Verdict sent = Send(frame);
        if (sent.Reachable == Reachability.NotDelivered) return sent;
        if (to < _links.Length && !_links[to].IsUp) return Verdict.No(ForwardingRule.ReceiverDown);
        Verdict brought = Bring(frame, to);
        if (brought.Reachable == Reachability.NotDelivered) return brought;
        Verdict letIn = to < _links.Length ? _links[to].Guard.Receives(frame.Source) : brought;
        if (letIn.Reachable == Reachability.NotDelivered) return letIn;
        return brought.Reachable != Reachability.Delivered ? brought : sent.Reachable != Reachability.Delivered ? sent : letIn.Reachable != Reachability.Delivered ? letIn : brought;
    }

    /// <summary>Whether the filters of the sender let a frame out, which is before anything else happens to it.</summary>
    internal Verdict Send(in SceneFrame frame) => frame.Sender < _links.Length ? _links[frame.Sender].Guard.Sends(frame.Source, frame.Destination) : Verdict.Yes(ForwardingRule.LeavesLowerDevice);

    /// <summary>Whether a frame that was let out comes to a place.</summary>
    private Verdict Bring(in SceneFrame frame, int to)
    {
        if (IsFromBridgeMode(frame))
        {
            if (frame.Kind == TrafficKind.Unicast)
            {
                if (_receive.Owner(frame.Destination) is { } owner && _links[owner].Mode == LinkMode.Bridge) return HandOver(frame, to);
            }
            else if (to < _links.Length && to != frame.Sender && _links[to].Mode == LinkMode.Bridge)
            {
                return _receive.Filtered(frame, to, ForwardingRule.BridgeDirect);
            }
        }

        if (to == _scene.Outside)
        {
            // A switch may send it there all the same, where it does not know the address; nobody there takes it.
            return frame.Kind == TrafficKind.Unicast && frame.Destination != _scene.OutsideAddress ? Verdict.No(ForwardingRule.AddressOfAnother) : WireRules.ToOutside(_scene.Switch, frame);
        }

        Verdict received = _receive.Decide(frame, to, _scene.Outside);
        if (received.Reachable == Reachability.NotDelivered) return received;
        Verdict carried = Carry(frame);
        return carried.Reachable == Reachability.Delivered ? received : carried;
    }

    /// <summary>Whether the switch brings a frame to the lower device. What is for a host outside goes there only.</summary>
    internal Verdict Carry(in SceneFrame frame)
    {
        if (frame.Sender == _scene.Outside) return WireRules.FromOutside(_scene.Switch, frame);
        if (frame.Kind == TrafficKind.Unicast && frame.Destination == _scene.OutsideAddress) return Verdict.No(ForwardingRule.AddressOfAnother);
        Verdict verdict = WireRules.Return(_scene.Switch, frame);
        return verdict.Reachable == Reachability.Delivered && IsUnlearned(frame) ? Verdict.No(ForwardingRule.AddressNotLearned) : verdict;
    }

    /// <summary>A kernel bridge floods what it does not know, the port with hairpin among the others; the flows of Open vSwitch return what they have learned.</summary>
    private bool IsUnlearned(in SceneFrame frame) =>
        _scene.Switch.Backend == BridgeBackend.OpenVswitch && frame.Kind == TrafficKind.Unicast && frame.Destination != _scene.Lower.Address && _receive.Owner(frame.Destination) is null;

    /// <summary>Whether the sender is a link that hands frames to siblings by itself.</summary>
    internal bool IsFromBridgeMode(in SceneFrame frame) => frame.Sender < _links.Length && _links[frame.Sender].Mode == LinkMode.Bridge;

    /// <summary>Why a place cannot send at all, or null.</summary>
    internal ForwardingRule? SenderObstacle(int sender)
    {
        if (sender < _links.Length && !_links[sender].IsUp) return ForwardingRule.SenderDown;
        if (_lowerObstacle is { } lower) return lower;
        return sender < _links.Length && !_links[sender].HasCarrier ? ForwardingRule.SenderNoCarrier : null;
    }

    /// <summary>Bridge to bridge, unicast: it goes through the receiving side of the lower device and nowhere else, so the lists of source mode still see it.</summary>
    private Verdict HandOver(in SceneFrame frame, int to)
    {
        if (to == _scene.Outside || to == _scene.Host) return Verdict.No(ForwardingRule.AddressOfAnother);
        Verdict received = _receive.Decide(frame, to, _scene.Outside);
        return received.Rule == ForwardingRule.UnicastReturns ? received with { Rule = ForwardingRule.BridgeDirect } : received;
    }
}
