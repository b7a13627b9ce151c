namespace MacvtapTools.Forwarding;

/// <summary>Sends the frames that the model speaks of, and tells who received them. It does not ask the model.</summary>
internal sealed class ReachabilityProbe : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(20);

    private readonly FrameProbe _probe = new();
    private readonly int?[] _sockets;
    private readonly ForwardingScene _scene;
    private readonly IReadOnlyList<ProbePlace> _places;

    /// <param name="view">The scene.</param>
    /// <param name="endpoints">Which places take part: only these are sent from and watched.</param>
    /// <exception cref="Interop.KernelException">EPERM: needs CAP_NET_RAW in each namespace.</exception>
    internal ReachabilityProbe(SceneView view, IReadOnlySet<int> endpoints)
    {
        _scene = view.Scene;
        _places = view.Places;
        _sockets = new int?[_scene.EndpointCount];
        try
        {
            foreach (int endpoint in endpoints)
            {
                ProbePlace? place = endpoint == _scene.Outside ? view.Outside : view.Places[endpoint];
                if (place is not null) _sockets[endpoint] = _probe.Watch(place);
            }
        }
        catch
        {
            _probe.Dispose();
            throw;
        }
    }

    /// <summary>Whether a place can be sent from and watched.</summary>
    internal bool Covers(int endpoint) => _sockets[endpoint] is not null;

    /// <summary>Whether filters can have dropped what was seen at a place: then only what was not seen there is certain.</summary>
    internal bool IsVeiled(int endpoint) => endpoint < _places.Count && _places[endpoint].IsVeiled;

    /// <summary>Sends the frames and waits for them.</summary>
    /// <param name="frames">What to send, each by a place that is covered.</param>
    /// <param name="patience">How long to wait after the last one was sent. What has not come by then counts as not delivered.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <param name="waiting">Called many times a second meanwhile.</param>
    /// <returns>For each frame who received it, by place.</returns>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    internal bool[][] Measure(IReadOnlyList<SceneFrame> frames, TimeSpan patience, CancellationToken stop, Action? waiting = null)
    {
        IntroduceEverybody(stop);
        var numbers = new Dictionary<uint, int>();
        for (int i = 0; i < frames.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            waiting?.Invoke();
            SceneFrame frame = frames[i];
            numbers[_probe.Send(_sockets[frame.Sender]!.Value, frame.Source, frame.Destination)] = i;
        }

        _probe.Collect(patience, stop, waiting);
        var received = new bool[frames.Count][];
        for (int i = 0; i < received.Length; i++) received[i] = new bool[_scene.EndpointCount];
        foreach (ProbeSighting sighting in _probe.Sightings)
        {
            if (sighting.IsOutgoing || !numbers.TryGetValue(sighting.Number, out int frame)) continue;
            int endpoint = Array.IndexOf(_sockets, sighting.Place);
            if (endpoint < _scene.Links.Count || !sighting.IsForOther) received[frame][endpoint] = true;
        }

        return received;
    }

    /// <inheritdoc/>
    public void Dispose() => _probe.Dispose();

    /// <summary>Every host has broadcast before anybody speaks to it, so a switch knows where it is; the same goes for these.</summary>
    private void IntroduceEverybody(CancellationToken stop)
    {
        for (int endpoint = 0; endpoint < _sockets.Length; endpoint++)
        {
            if (_sockets[endpoint] is { } socket) _probe.Send(socket, _scene.AddressOf(endpoint), MacNumber.Broadcast);
        }

        _probe.Collect(Settling, stop);
    }
}
