using System.Security.Cryptography;
using MacvtapTools.Interop;

namespace MacvtapTools.Forwarding;

/// <summary>Sends frames on links and sees where they turn up. It knows nothing of the model.</summary>
internal sealed class FrameProbe : IDisposable
{
    private const int SliceMilliseconds = 10;

    private readonly List<ProbeSocket> _sockets = [];
    private readonly List<ProbeSighting> _sightings = [];
    private readonly PollSet _poll = new();
    private readonly uint _run = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private uint _last;

    /// <summary>What was seen so far.</summary>
    internal IReadOnlyList<ProbeSighting> Sightings => _sightings;

    /// <summary>Watches a link from now on.</summary>
    /// <returns>Its place.</returns>
    internal int Watch(ProbePlace place)
    {
        _sockets.Add(ProbeSocket.Open(place.Session.Namespace, place.InterfaceIndex, place.IsStack, _run));
        _poll.Set(_sockets.Select(s => s.Handle));
        return _sockets.Count - 1;
    }

    /// <summary>Sends a frame from a place, and takes what is there already.</summary>
    /// <returns>The frame's number.</returns>
    internal uint Send(int place, ulong source, ulong destination)
    {
        _sockets[place].Send(ProbeFrame.Make(destination, source, _run, ++_last));
        Take();
        return _last;
    }

    /// <summary>Takes what comes until the time is over.</summary>
    /// <param name="time">How long.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="waiting">Called many times a second meanwhile.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    internal void Collect(TimeSpan time, CancellationToken stop, Action? waiting = null)
    {
        long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        for (long left = (long)time.TotalMilliseconds; left > 0; left = end - Environment.TickCount64)
        {
            stop.ThrowIfCancellationRequested();
            waiting?.Invoke();
            if (_poll.Wait((int)Math.Min(left, SliceMilliseconds))) Take();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ProbeSocket socket in _sockets) socket.Dispose();
    }

    private void Take()
    {
        for (int place = 0; place < _sockets.Count; place++)
        {
            while (_sockets[place].TryTake(place, out ProbeSighting sighting)) _sightings.Add(sighting);
        }
    }
}
