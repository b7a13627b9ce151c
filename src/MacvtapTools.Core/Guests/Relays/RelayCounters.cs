namespace MacvtapTools.Guests.Relays;

/// <summary>What went in one direction. Written by one thread, read by others at any time.</summary>
internal sealed class RelayCounters
{
    private long _frames;
    private long _bytes;
    private long _dropped;

    internal long Frames => Volatile.Read(ref _frames);

    internal long Bytes => Volatile.Read(ref _bytes);

    internal long Dropped => Volatile.Read(ref _dropped);

    internal void Add(int frames, long bytes, int dropped)
    {
        Volatile.Write(ref _frames, _frames + frames);
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _dropped, _dropped + dropped);
    }
}
