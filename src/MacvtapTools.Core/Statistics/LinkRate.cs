namespace MacvtapTools;

/// <summary>How fast frames and bits went over a link during an interval. A rate whose counter went back meanwhile is null.</summary>
public sealed class LinkRate
{
    private const int BitsPerByte = 8;

    private readonly LinkStatisticsDelta _delta;

    internal LinkRate(LinkStatisticsDelta delta) => _delta = delta;

    /// <summary>The link's name.</summary>
    public string Name => _delta.Name;

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex => _delta.InterfaceIndex;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>When the interval ended.</summary>
    public DateTime Time => _delta.Time;

    /// <summary>How long it really was.</summary>
    public TimeSpan Interval => _delta.Interval;

    /// <summary>Bits received in a second, headers included, rounded.</summary>
    public long? ReceivedBitsPerSecond => Whole(_delta.ReceivedBytes, BitsPerByte);

    /// <summary>Bits sent in a second, headers included, rounded.</summary>
    public long? SentBitsPerSecond => Whole(_delta.SentBytes, BitsPerByte);

    /// <summary>Packets received in a second, to one decimal.</summary>
    public double? ReceivedPacketsPerSecond => Rate(_delta.ReceivedPackets);

    /// <summary>Packets sent in a second, to one decimal.</summary>
    public double? SentPacketsPerSecond => Rate(_delta.SentPackets);

    /// <summary>Received packets dropped in a second, to one decimal.</summary>
    public double? ReceiveDroppedPerSecond => Rate(_delta.ReceiveDropped);

    /// <summary>Packets dropped on the way out in a second, to one decimal.</summary>
    public double? SendDroppedPerSecond => Rate(_delta.SendDropped);

    /// <summary>The network namespace as it was named when the link was read; null for the current one.</summary>
    public string? NetworkNamespace => _delta.NetworkNamespace;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private long? Whole(ulong? count, int factor) => PerSecond(count, factor) is { } rate ? (long)Math.Round(rate) : null;

    private double? Rate(ulong? count) => PerSecond(count, 1) is { } rate ? Math.Round(rate, 1) : null;

    private double? PerSecond(ulong? count, int factor) => count is { } c && Interval > TimeSpan.Zero ? c * (double)factor / Interval.TotalSeconds : null;
}
