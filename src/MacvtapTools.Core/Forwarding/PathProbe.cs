namespace MacvtapTools.Forwarding;

/// <summary>Sends one frame, watches every link on the way, and puts the hops in the order of the kernel's clock.</summary>
internal static class PathProbe
{
    private const long NanosecondsPerTick = 100;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures the hops that the model gave.</summary>
    /// <param name="view">The scene.</param>
    /// <param name="model">What is expected.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="hops">The model's hops.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <param name="waiting">Called many times a second meanwhile.</param>
    /// <returns>The hops in the order of time, with those at the end that the model has not.</returns>
    internal static List<LinkPathHop> Measure(SceneView view, ForwardingModel model, in SceneFrame frame, List<LinkPathHop> hops, TimeSpan patience, CancellationToken stop, Action? waiting = null)
    {
        ForwardingScene scene = view.Scene;
        using var probe = new FrameProbe();
        Dictionary<int, int> sockets = Watch(view, probe);
        Dictionary<int, int> senders = view.Places.Select((place, endpoint) => (place, endpoint)).Where(p => p.endpoint < scene.Host && p.place.IsStack)
            .ToDictionary(p => p.endpoint, p => probe.Watch(p.place with { IsStack = false }));

        // The kernel does not show a socket what it sent itself, so that one is for sending only.
        int sender = probe.Watch((frame.Sender == scene.Outside ? view.Outside! : view.Places[frame.Sender]) with { IsStack = false });
        foreach ((int endpoint, int socket) in sockets)
        {
            if (endpoint >= 0) probe.Send(socket, scene.AddressOf(endpoint), MacNumber.Broadcast);
        }

        probe.Collect(Settling, stop);
        uint number = probe.Send(sender, frame.Source, frame.Destination);
        probe.Collect(patience, stop, waiting);
        return Order(view, model, frame, hops, (sockets, senders), [.. probe.Sightings.Where(s => s.Number == number)]);
    }

    private static Dictionary<int, int> Watch(SceneView view, FrameProbe probe)
    {
        var sockets = new Dictionary<int, int>();
        for (int endpoint = 0; endpoint < view.Places.Count; endpoint++) sockets[endpoint] = probe.Watch(view.Places[endpoint]);
        ProbePlace lower = view.Places[view.Scene.Host];
        sockets[PathModel.LowerItself] = probe.Watch(lower with { IsStack = false });
        if (view.Port is not null) sockets[PathModel.SwitchPort] = probe.Watch(view.Port with { IsStack = false });
        if (view.Outside is not null) sockets[view.Scene.Outside] = probe.Watch(view.Outside with { IsStack = view.Outside.InterfaceIndex != view.Port?.InterfaceIndex });
        return sockets;
    }

    private static List<LinkPathHop> Order(SceneView view, ForwardingModel model, in SceneFrame frame, List<LinkPathHop> hops, (Dictionary<int, int> All, Dictionary<int, int> Senders) watched, List<ProbeSighting> sightings)
    {
        ForwardingScene scene = model.Scene;
        Dictionary<int, int> sockets = watched.All;
        long first = sightings.Count > 0 ? sightings.Min(s => s.Nanoseconds) : 0;
        foreach (LinkPathHop hop in hops)
        {
            // A socket of a stack does not see what it sends itself.
            if (hop.Watched is not var (endpoint, isOutgoing) || !sockets.TryGetValue(endpoint, out int socket) || (isOutgoing && endpoint == scene.Outside)) continue;
            if (isOutgoing && watched.Senders.TryGetValue(endpoint, out int sender)) socket = sender;
            int found = sightings.FindIndex(s => s.Place == socket && s.IsOutgoing == isOutgoing && (endpoint < scene.Host || !s.IsForOther));
            hop.Measured = found >= 0;
            if (found < 0) continue;
            if (!isOutgoing && IsVeiled(view, endpoint))
            {
                hop.Measured = null;
                sightings.RemoveAt(found);
                continue;
            }

            hop.Delay = new TimeSpan((sightings[found].Nanoseconds - first) / NanosecondsPerTick);
            sightings.RemoveAt(found);
        }

        // What the links and the stacks got beyond that. The lower device shows every frame that passes it, also those that it hands on.
        foreach (ProbeSighting extra in sightings.Where(s => !s.IsOutgoing && sockets.ContainsValue(s.Place)))
        {
            int endpoint = sockets.First(s => s.Value == extra.Place).Key;
            if (endpoint < 0 || IsVeiled(view, endpoint) || (endpoint >= scene.Host && (extra.IsForOther || endpoint == frame.Sender))) continue;
            hops.Add(new LinkPathHop(scene.NameOf(endpoint), endpoint < scene.Links.Count ? scene.Links[endpoint].NetworkNamespace : null, HopEvent.Receive, Unforeseen(model, frame, endpoint))
            {
                Measured = true,
                Delay = new TimeSpan((extra.Nanoseconds - first) / NanosecondsPerTick),
            });
        }

        return InOrderOfTime(hops);
    }

    /// <summary>Filters can have dropped it behind the socket that saw it.</summary>
    private static bool IsVeiled(SceneView view, int endpoint) => endpoint >= 0 && endpoint < view.Places.Count && view.Places[endpoint].IsVeiled;

    private static string Unforeseen(ForwardingModel model, in SceneFrame frame, int endpoint) => model.Decide(frame, endpoint).Rule == ForwardingRule.GroupNotJoined
        ? "measured; its filter let the group in by chance, or the rules are wrong: Test-LinkReachability -Probe tells which"
        : "measured; the rules do not say so";

    /// <summary>By the time of sighting; what was not seen stays behind the hop before it.</summary>
    private static List<LinkPathHop> InOrderOfTime(List<LinkPathHop> hops)
    {
        TimeSpan last = TimeSpan.Zero;
        var timed = new List<(TimeSpan Time, LinkPathHop Hop)>();
        foreach (LinkPathHop hop in hops) timed.Add((last = hop.Delay ?? last, hop));
        List<LinkPathHop> ordered = [.. timed.OrderBy(t => t.Time).Select(t => t.Hop)];
        for (int i = 0; i < ordered.Count; i++) ordered[i].Hop = i + 1;
        return ordered;
    }
}
