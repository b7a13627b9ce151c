namespace MacvtapTools.Forwarding;

/// <summary>Who gets a frame that arrives at the lower device (macvlan_handle_frame, macvlan_multicast_rx, macvlan_forward_source).</summary>
internal sealed class ReceiveRules
{
    private readonly SceneLink[] _links;
    private readonly int _host;
    private readonly ulong _hostAddress;
    private readonly int? _passthru;
    private readonly Dictionary<ulong, int> _owners = [];
    private readonly Dictionary<ulong, List<int>> _listings = [];
    private readonly bool _hasTakers;

    internal ReceiveRules(ForwardingScene scene)
    {
        _links = [.. scene.Links];
        _host = scene.Host;
        _hostAddress = scene.Lower.Address;
        for (int i = 0; i < _links.Length; i++)
        {
            SceneLink link = _links[i];
            if (link.IsUp) _owners.TryAdd(link.Address, i);
            if (link.Mode == LinkMode.Passthru) _passthru = i;
            if (link.Mode != LinkMode.Source) continue;
            _hasTakers |= link.Sources.Count > 0 && IsTaker(link);
            foreach (ulong source in link.Sources)
            {
                if (!_listings.TryGetValue(source, out List<int>? places)) _listings[source] = places = [];
                places.Add(i);
            }
        }
    }

    /// <summary>The link that has an address and is on; null for none.</summary>
    internal int? Owner(ulong address) => _owners.TryGetValue(address, out int owner) ? owner : null;

    /// <summary>Whether a frame that has arrived at the lower device gets to a place behind it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">A link, or the host.</param>
    /// <param name="outside">The place of senders outside.</param>
    internal Verdict Decide(in SceneFrame frame, int to, int outside)
    {
        List<int>? listing = null;
        if (frame.Source != 0) _listings.TryGetValue(frame.Source, out listing);
        if (listing is not null)
        {
            // Clones for all that list the source come first, whatever the destination; a taker ends it there, even one that is off.
            if (to != _host && listing.Contains(to)) return Verdict.Yes(ForwardingRule.SourceListed);
            if (listing.Exists(l => IsTaker(_links[l]))) return Verdict.No(ForwardingRule.NoDestinationTakes);
        }

        Verdict verdict = frame.Kind == TrafficKind.Unicast ? Unicast(frame, to, outside) : Group(frame, to, outside);
        if (frame.Source != 0 || verdict.Reachable == Reachability.NotDelivered) return verdict;
        return _hasTakers && verdict.Reachable == Reachability.Delivered ? Verdict.Maybe(ForwardingRule.NoDestinationTakes) : verdict;
    }

    /// <summary>A link gets broadcasts, and the groups that its filter lets in.</summary>
    internal Verdict Filtered(in SceneFrame frame, int to, ForwardingRule rule)
    {
        bool passes = frame.Kind != TrafficKind.Multicast || _links[to].TakesEveryGroup || _links[to].Groups.Contains(frame.Destination);
        return passes ? Verdict.Yes(rule) : Verdict.No(ForwardingRule.GroupNotJoined);
    }

    private static bool IsTaker(SceneLink link) => (link.Flags & ModeFlag.NoDestination) != 0;

    private Verdict Unicast(in SceneFrame frame, int to, int outside)
    {
        if (_passthru is { } all)
            return to == all ? Verdict.Yes(ForwardingRule.PassthruTakesAll) : Verdict.No(to == _host ? ForwardingRule.PassthruHidesHost : ForwardingRule.AddressOfAnother);
        if (to != _host && _links[to].Mode == LinkMode.Source) return ByList(frame, to);
        bool isOwner = to == _host ? frame.Destination == _hostAddress && !IsTaken(frame.Destination) : Owner(frame.Destination) == to;
        if (!isOwner) return Verdict.No(ForwardingRule.AddressOfAnother);
        return Verdict.Yes(frame.Sender == outside ? ForwardingRule.ComesFromOutside : to == _host ? ForwardingRule.HostReached : ForwardingRule.UnicastReturns);
    }

    /// <summary>A link in source mode is passed over in the look-up by destination.</summary>
    private bool IsTaken(ulong address) => Owner(address) is { } owner && _links[owner].Mode != LinkMode.Source;

    private Verdict Group(in SceneFrame frame, int to, int outside)
    {
        int? source = Owner(frame.Source);
        LinkMode? mode = source is { } known ? _links[known].Mode : null;
        if (mode is not (null or LinkMode.Vepa or LinkMode.Bridge)) return to == source ? Verdict.Yes(ForwardingRule.OwnBroadcastReturns) : Verdict.No(ForwardingRule.PrivateSender);
        if (to == _host) return Verdict.Yes(frame.Sender == outside ? ForwardingRule.ComesFromOutside : ForwardingRule.HostReached);
        LinkMode receiver = _links[to].Mode;
        if (receiver == LinkMode.Source) return ByList(frame, to);
        if (to == source) return Verdict.No(ForwardingRule.NoEcho);
        if (mode is null) return Filtered(frame, to, frame.Sender == outside ? ForwardingRule.ComesFromOutside : ForwardingRule.BroadcastReturns);
        return receiver switch
        {
            LinkMode.Vepa => Filtered(frame, to, ForwardingRule.BroadcastReturns),
            LinkMode.Bridge when mode == LinkMode.Vepa => Filtered(frame, to, ForwardingRule.BroadcastReturns),
            // Bridge siblings had their copy when a bridge link sent it.
            LinkMode.Bridge => Verdict.No(ForwardingRule.NoEcho),
            _ => Verdict.No(ForwardingRule.PrivateReceiver),
        };
    }

    /// <summary>Source mode, and the source is not known to be in the list.</summary>
    private Verdict ByList(in SceneFrame frame, int to) =>
        frame.Source == 0 && _links[to].Sources.Count > 0 ? Verdict.Maybe(ForwardingRule.SourceListDecides) : Verdict.No(ForwardingRule.SourceNotListed);
}
