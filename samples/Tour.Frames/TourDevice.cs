using MacvtapTools.Tour.Frames.Ports;

namespace MacvtapTools.Tour.Frames;

/// <summary>A link that is open for frames, as a guest would have it.</summary>
public sealed class TourDevice
{
    // What the shell holds open: a frame's witnesses. One shell, one thread.
    private static readonly List<TourDevice> Opened = [];

    private readonly IFramePort _port;

    internal TourDevice(string name, string? networkNamespace, IFramePort port)
    {
        Name = name;
        NetworkNamespace = networkNamespace;
        _port = port;
        Opened.Add(this);
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's MAC address.</summary>
    public string MacAddress => Convert.ToHexString(_port.MacAddress).ToLowerInvariant().Chunk(2).Aggregate(string.Empty, (text, pair) => text.Length == 0 ? new string(pair) : $"{text}:{new string(pair)}");

    /// <summary>Through what the frames go: the tap device's path, or a packet socket on the link.</summary>
    public string Through => _port.Description;

    /// <summary>The link's network namespace.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>All that are open.</summary>
    internal static IReadOnlyList<TourDevice> All => [.. Opened];

    internal byte[] Address => _port.MacAddress;

    /// <summary>The link's name.</summary>
    public override string ToString() => Name;

    internal void Send(byte[] frame) => _port.Send(frame);

    /// <summary>Whether a frame is among those that came since the last look.</summary>
    internal bool HasReceived(TestFrame frame)
    {
        Span<byte> buffer = stackalloc byte[2048];
        bool found = false;
        while (_port.TryReceive(buffer, out int length))
            found |= frame.Is(buffer[..length]);
        return found;
    }

    internal void Close()
    {
        if (Opened.Remove(this))
            _port.Dispose();
    }
}
