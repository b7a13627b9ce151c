namespace MacvtapTools;

/// <summary>The counters of a link, or how far they went on: struct rtnl_link_stats64 (include/uapi/linux/if_link.h, where each is described). What a kernel or a driver does not count stays 0.</summary>
public abstract class LinkCounters
{
    /// <summary>The counters' names, in the order of the kernel's structure.</summary>
    internal static readonly string[] Names =
    [
        nameof(ReceivedPackets),
        nameof(SentPackets),
        nameof(ReceivedBytes),
        nameof(SentBytes),
        nameof(ReceiveErrors),
        nameof(SendErrors),
        nameof(ReceiveDropped),
        nameof(SendDropped),
        nameof(Multicast),
        nameof(Collisions),
        nameof(ReceiveLengthErrors),
        nameof(ReceiveOverErrors),
        nameof(ReceiveCrcErrors),
        nameof(ReceiveFrameErrors),
        nameof(ReceiveFifoErrors),
        nameof(ReceiveMissed),
        nameof(SendAborted),
        nameof(SendCarrierErrors),
        nameof(SendFifoErrors),
        nameof(SendHeartbeatErrors),
        nameof(SendWindowErrors),
        nameof(ReceivedCompressed),
        nameof(SentCompressed),
        nameof(ReceiveNoHandler),
        nameof(ReceiveOtherHost),
    ];

    private readonly ulong?[] _values;

    private protected LinkCounters(ulong?[] values) => _values = values;

    /// <summary>Packets received.</summary>
    public ulong? ReceivedPackets => _values[0];

    /// <summary>Packets sent.</summary>
    public ulong? SentPackets => _values[1];

    /// <summary>Bytes received.</summary>
    public ulong? ReceivedBytes => _values[2];

    /// <summary>Bytes sent.</summary>
    public ulong? SentBytes => _values[3];

    /// <summary>Received packets with errors.</summary>
    public ulong? ReceiveErrors => _values[4];

    /// <summary>Packets that could not be sent.</summary>
    public ulong? SendErrors => _values[5];

    /// <summary>Received packets dropped; for a macvtap those that found no room in a queue, or no reader.</summary>
    public ulong? ReceiveDropped => _values[6];

    /// <summary>Packets dropped on the way out.</summary>
    public ulong? SendDropped => _values[7];

    /// <summary>Multicast packets received.</summary>
    public ulong? Multicast => _values[8];

    /// <summary>Collisions.</summary>
    public ulong? Collisions => _values[9];

    /// <summary>Received packets of a wrong length.</summary>
    public ulong? ReceiveLengthErrors => _values[10];

    /// <summary>Received packets for which the receiver had no room.</summary>
    public ulong? ReceiveOverErrors => _values[11];

    /// <summary>Received packets with a wrong check sum.</summary>
    public ulong? ReceiveCrcErrors => _values[12];

    /// <summary>Received packets that were not aligned.</summary>
    public ulong? ReceiveFrameErrors => _values[13];

    /// <summary>Overruns of the receiver's queue.</summary>
    public ulong? ReceiveFifoErrors => _values[14];

    /// <summary>Received packets that the host missed for want of buffers.</summary>
    public ulong? ReceiveMissed => _values[15];

    /// <summary>Sendings that were given up.</summary>
    public ulong? SendAborted => _values[16];

    /// <summary>Sendings that lost the carrier.</summary>
    public ulong? SendCarrierErrors => _values[17];

    /// <summary>Underruns of the sender's queue.</summary>
    public ulong? SendFifoErrors => _values[18];

    /// <summary>Sendings without a heartbeat.</summary>
    public ulong? SendHeartbeatErrors => _values[19];

    /// <summary>Late collisions.</summary>
    public ulong? SendWindowErrors => _values[20];

    /// <summary>Compressed packets received.</summary>
    public ulong? ReceivedCompressed => _values[21];

    /// <summary>Compressed packets sent.</summary>
    public ulong? SentCompressed => _values[22];

    /// <summary>Received packets that nothing wanted.</summary>
    public ulong? ReceiveNoHandler => _values[23];

    /// <summary>Received packets for another host.</summary>
    public ulong? ReceiveOtherHost => _values[24];

    internal ReadOnlySpan<ulong?> Values => _values;
}
