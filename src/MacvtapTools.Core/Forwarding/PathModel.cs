namespace MacvtapTools.Forwarding;

/// <summary>The way of one frame, hop by hop. What arrives is what the model says; this puts it in order.</summary>
internal sealed class PathModel
{
    /// <summary>Places to watch beside the links: the lower device itself (not its stack), and the port at the other end.</summary>
    internal const int LowerItself = -1;

    internal const int SwitchPort = -2;

    private readonly ForwardingModel _model;
    private readonly ForwardingScene _scene;
    private readonly SceneFrame _frame;
    private readonly int _to;
    private readonly List<LinkPathHop> _hops = [];

    private PathModel(ForwardingModel model, int from, int to, TrafficKind kind)
    {
        _model = model;
        _scene = model.Scene;
        _frame = model.Frame(from, to, kind);
        _to = to;
    }

    /// <summary>The hops from one place to another.</summary>
    internal static List<LinkPathHop> Trace(ForwardingModel model, int from, int to, TrafficKind kind)
    {
        var path = new PathModel(model, from, to, kind);
        path.Trace();
        return path._hops;
    }

    private void Trace()
    {
        int from = _frame.Sender;
        if (_model.SenderObstacle(from) is null && _model.Send(_frame).Reachable == Reachability.Delivered)
        {
            if (from != _scene.Outside) Leave();
            else Arrive();
        }

        Verdict verdict = _model.Decide(_frame, _to);
        if (verdict.Reachable == Reachability.Delivered) return;
        (string link, string? place) = End(verdict.Rule);
        Add(new LinkPathHop(link, place, verdict.Reachable == Reachability.Depends ? HopEvent.Unknown : HopEvent.Drop, Words(verdict.Rule, _to)));
    }

    /// <summary>From a link or the host out of the lower device, and back where the switch returns it.</summary>
    private void Leave()
    {
        int from = _frame.Sender;
        if (from != _scene.Host) Add(At(from, HopEvent.Send, $"in {_scene.Links[from].Mode.ToString().ToLowerInvariant()} mode", isOutgoing: true));
        bool isDirect = Receivers(v => v.Rule == ForwardingRule.BridgeDirect).Any();
        if (isDirect && _frame.Kind == TrafficKind.Unicast)
        {
            Add(AtLower(HopEvent.HandOver, "both are in bridge mode: it does not leave the host", isOutgoing: false));
            foreach (int receiver in Receivers(_ => true)) Add(Received(receiver));
            return;
        }

        foreach (int receiver in Receivers(v => v.Rule == ForwardingRule.BridgeDirect)) Add(Received(receiver));
        Add(AtLower(HopEvent.Send, "it leaves for the switch", isOutgoing: true));
        Verdict outside = _model.Decide(_frame, _scene.Outside);
        Verdict back = _model.Carry(_frame);
        if (_scene.Switch.Port is { } port)
        {
            bool returns = back.Reachable == Reachability.Delivered;
            bool passes = outside.Reachable == Reachability.Delivered || returns;
            Add(new LinkPathHop(port, _scene.Switch.NetworkNamespace, passes ? HopEvent.Forward : HopEvent.Receive, _scene.Switch.Bridge is { } bridge ? $"a port of {bridge}, {_scene.Switch.State.ToString().ToLowerInvariant()}" : "the other end of the cable") { Watched = (SwitchPort, false) });
            if (outside.Reachable == Reachability.Delivered) Add(Received(_scene.Outside));
            if (!returns) return;
            Add(new LinkPathHop(port, _scene.Switch.NetworkNamespace, HopEvent.Return, "hairpin is on") { Watched = (SwitchPort, true) });
        }
        else
        {
            if (outside.Reachable == Reachability.Delivered) Add(Received(_scene.Outside));
            if (back.Reachable != Reachability.Delivered) return;
        }

        AddArrivals();
    }

    private void Arrive()
    {
        Add(At(_scene.Outside, HopEvent.Send, "behind the switch", isOutgoing: true));
        if (_model.Carry(_frame).Reachable != Reachability.Delivered) return;
        if (_scene.Switch is { Port: { } port, Bridge: { } bridge }) Add(new LinkPathHop(port, _scene.Switch.NetworkNamespace, HopEvent.Forward, $"a port of {bridge}") { Watched = (SwitchPort, true) });
        AddArrivals();
    }

    private void AddArrivals()
    {
        Add(AtLower(HopEvent.Receive, "it comes in from the switch", isOutgoing: false));
        foreach (int receiver in Receivers(v => v.Rule is not (ForwardingRule.BridgeDirect or ForwardingRule.LeavesLowerDevice))) Add(Received(receiver));
    }

    private IEnumerable<int> Receivers(Func<Verdict, bool> wanted) =>
        Enumerable.Range(0, _scene.EndpointCount).Where(e => !(e == _frame.Sender && e == _scene.Outside) && e != _scene.Outside && _model.Decide(_frame, e) is { Reachable: Reachability.Delivered } verdict && wanted(verdict));

    private LinkPathHop Received(int endpoint) => At(endpoint, HopEvent.Receive, Words(_model.Decide(_frame, endpoint).Rule, endpoint), isOutgoing: false);

    private LinkPathHop At(int endpoint, HopEvent happens, string reason, bool isOutgoing)
    {
        string? place = endpoint < _scene.Links.Count ? _scene.Links[endpoint].NetworkNamespace : endpoint == _scene.Host ? _scene.Lower.NetworkNamespace : null;
        return new LinkPathHop(_scene.NameOf(endpoint), place, happens, reason) { IsDestination = endpoint == _to && !isOutgoing, Watched = (endpoint, isOutgoing) };
    }

    private LinkPathHop AtLower(HopEvent happens, string reason, bool isOutgoing) =>
        new(_scene.Lower.Name, _scene.Lower.NetworkNamespace, happens, reason) { Watched = (LowerItself, isOutgoing) };

    /// <summary>Where a frame that does not arrive ends.</summary>
    private (string Link, string? Place) End(ForwardingRule rule) => rule switch
    {
        ForwardingRule.SenderDown or ForwardingRule.SenderNoCarrier => (_scene.NameOf(_frame.Sender), _scene.Links[_frame.Sender].NetworkNamespace),
        ForwardingRule.Protected when _model.Send(_frame).Reachable != Reachability.Delivered => (_scene.NameOf(_frame.Sender), _scene.Links[_frame.Sender].NetworkNamespace),
        ForwardingRule.Protected => (_scene.NameOf(_to), _scene.Links[_to].NetworkNamespace),
        ForwardingRule.ReceiverDown or ForwardingRule.GroupNotJoined or ForwardingRule.SourceListDecides => (_scene.NameOf(_to), _to < _scene.Links.Count ? _scene.Links[_to].NetworkNamespace : _scene.Lower.NetworkNamespace),
        ForwardingRule.NeedsReflectiveRelay or ForwardingRule.PortNotForwarding or ForwardingRule.PortIsolated or ForwardingRule.BroadcastFloodOff or ForwardingRule.MulticastFloodOff or ForwardingRule.UnicastFloodOff
            or ForwardingRule.SwitchProgrammed or ForwardingRule.AddressNotLearned or ForwardingRule.PortLocked or ForwardingRule.VlanFiltering or ForwardingRule.ReservedGroup when _scene.Switch.Port is { } port
            => (_scene.Switch.OtherPortOf(rule, _frame.Sender == _scene.Outside, _to == _scene.Outside)?.Name ?? port, _scene.Switch.NetworkNamespace),
        _ => (_scene.Lower.Name, _scene.Lower.NetworkNamespace),
    };

    private string Words(ForwardingRule rule, int to) => RuleText.Describe(_scene, rule, _frame.Sender, to, _frame.Kind, _model.Group);

    private void Add(LinkPathHop hop)
    {
        hop.Hop = _hops.Count + 1;
        _hops.Add(hop);
    }
}
