using System.Collections.Concurrent;
using MacvtapTools.Kernel.Tests;

namespace MacvtapTools.Guest.Tests;

/// <summary>Watches a link, and notes which sorts of frames come in.</summary>
internal sealed class FrameSorts : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly PacketSocket _socket;
    private readonly IReadOnlyDictionary<string, Predicate<byte[]>> _sorts;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    /// <summary>Begins.</summary>
    /// <param name="networkNamespace">The namespace of the link.</param>
    /// <param name="link">The link.</param>
    /// <param name="sorts">What is looked for, by name.</param>
    internal FrameSorts(string networkNamespace, string link, IReadOnlyDictionary<string, Predicate<byte[]>> sorts)
    {
        _sorts = sorts;
        _socket = PacketSocket.Open(networkNamespace, link);
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The sorts that came in until now, in the order of their names.</summary>
    internal IEnumerable<string> Seen => _seen.Keys.Order(StringComparer.Ordinal);

    /// <summary>Ends.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _socket.Dispose();
        _end.Dispose();
    }

    private void Watch()
    {
        while (!_end.IsCancellationRequested)
            _socket.Receive(Note, Slice);
    }

    private bool Note(byte[] frame)
    {
        foreach ((string name, Predicate<byte[]> isOf) in _sorts)
        {
            if (isOf(frame))
                _seen[name] = true;
        }

        return false;
    }
}
