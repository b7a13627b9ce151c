namespace MacvtapTools;

/// <summary>How far the counters of a link went on between two snapshots. A counter that went back is null, and named in <see cref="Restarted"/>.</summary>
public sealed class LinkStatisticsDelta : LinkCounters
{
    private LinkStatisticsDelta(LinkStatisticsSnapshot earlier, LinkStatisticsSnapshot later, ulong?[] values, IReadOnlyList<string> restarted)
        : base(values)
    {
        Name = later.Name;
        InterfaceIndex = later.InterfaceIndex;
        NetworkNamespace = later.NetworkNamespace;
        Time = later.Time;
        Interval = later.Since(earlier);
        Restarted = restarted;
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>When the later snapshot was taken.</summary>
    public DateTime Time { get; }

    /// <summary>How much time lies between the two.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The counters that were smaller in the later snapshot: the driver set them back, or counts in 32 bits and wrapped, or the link was made anew with its name, kind and index.</summary>
    public IReadOnlyList<string> Restarted { get; }

    /// <summary>The network namespace as it was named when the link was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The difference of two snapshots of one link.</summary>
    internal static LinkStatisticsDelta Between(LinkStatisticsSnapshot earlier, LinkStatisticsSnapshot later)
    {
        var values = new ulong?[Names.Length];
        List<string>? restarted = null;
        for (int i = 0; i < values.Length; i++)
        {
            if (earlier.Values[i] is not { } before || later.Values[i] is not { } now) continue;
            if (now >= before) values[i] = now - before;
            else (restarted ??= []).Add(Names[i]);
        }

        return new LinkStatisticsDelta(earlier, later, values, restarted ?? (IReadOnlyList<string>)[]);
    }
}
