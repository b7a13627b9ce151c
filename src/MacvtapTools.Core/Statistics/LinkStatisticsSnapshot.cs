using System.Diagnostics;
using MacvtapTools.Links;

namespace MacvtapTools;

/// <summary>The counters of a link at one moment.</summary>
public sealed class LinkStatisticsSnapshot : LinkCounters
{
    /// <summary>A moment on the clock that nobody sets, in <see cref="Stopwatch"/> ticks; null where the snapshot was taken by another process.</summary>
    private readonly long? _moment;

    /// <summary>The address by which the link can be known again.</summary>
    private readonly string? _ownAddress;

    internal LinkStatisticsSnapshot(Link link)
        : base(Copy(link.Statistics))
    {
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        Kind = link.Kind;
        MacAddress = link.MacAddress;
        _ownAddress = LinkIdentity.OwnAddress(link);
        Time = DateTime.Now;
        _moment = Stopwatch.GetTimestamp();
    }

    /// <summary>A snapshot that another process took, or this one before.</summary>
    internal LinkStatisticsSnapshot(string name, int index, string? networkNamespace, string? kind, string? macAddress, DateTime time, ulong?[] values)
        : base(values)
    {
        Name = name;
        InterfaceIndex = index;
        NetworkNamespace = networkNamespace;
        Kind = kind;
        MacAddress = macAddress;
        _ownAddress = macAddress;
        Time = time;
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>When the counters were read, in local time.</summary>
    public DateTime Time { get; }

    /// <summary>The link's kind; with its address it tells whether a later snapshot is of the same link.</summary>
    public string? Kind { get; }

    /// <summary>The link's MAC address.</summary>
    public string? MacAddress { get; }

    /// <summary>The network namespace as it was named when the link was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether both are of one link, as far as can be told: the index is the same, and the name or else kind and address.</summary>
    internal bool IsSameLink(LinkStatisticsSnapshot other) =>
        InterfaceIndex == other.InterfaceIndex && LinkIdentity.IsSame((Name, Kind, _ownAddress), (other.Name, other.Kind, other._ownAddress));

    /// <summary>How much time lies between an earlier snapshot and this one; never negative.</summary>
    internal TimeSpan Since(LinkStatisticsSnapshot earlier)
    {
        TimeSpan interval = _moment is { } now && earlier._moment is { } then ? Stopwatch.GetElapsedTime(then, now) : Time.ToUniversalTime() - earlier.Time.ToUniversalTime();
        return interval < TimeSpan.Zero ? TimeSpan.Zero : interval;
    }

    private static ulong?[] Copy(LinkStatistics? statistics)
    {
        var values = new ulong?[Names.Length];
        if (statistics is null) return values;
        ReadOnlySpan<ulong> counters = statistics.Counters;
        for (int i = 0; i < values.Length; i++) values[i] = counters[i];
        return values;
    }
}
