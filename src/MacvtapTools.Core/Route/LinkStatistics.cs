using System.Runtime.InteropServices;

namespace MacvtapTools;

/// <summary>The 64-bit counters of a link (struct rtnl_link_stats64). A macvlan or macvtap fills the packet and byte counts, multicast, receive errors and drops; the others stay 0.</summary>
public sealed class LinkStatistics
{
    private readonly ulong[] _counters;

    internal LinkStatistics(ReadOnlySpan<byte> bytes)
    {
        // 23, 24 or 25 counters, by kernel version; what the kernel does not have stays 0.
        _counters = new ulong[25];
        Span<byte> room = MemoryMarshal.AsBytes(_counters.AsSpan());
        bytes[..Math.Min(bytes.Length, room.Length)].CopyTo(room);
    }

    /// <summary>All of them, in the order of the kernel's structure.</summary>
    internal ReadOnlySpan<ulong> Counters => _counters;

    /// <summary>Packets received.</summary>
    public ulong ReceivedPackets => _counters[0];

    /// <summary>Packets sent.</summary>
    public ulong SentPackets => _counters[1];

    /// <summary>Bytes received.</summary>
    public ulong ReceivedBytes => _counters[2];

    /// <summary>Bytes sent.</summary>
    public ulong SentBytes => _counters[3];

    /// <summary>Received packets with errors.</summary>
    public ulong ReceiveErrors => _counters[4];

    /// <summary>Packets that could not be sent.</summary>
    public ulong SendErrors => _counters[5];

    /// <summary>Received packets dropped; for a macvtap those that found no room in a queue, or no reader.</summary>
    public ulong ReceiveDropped => _counters[6];

    /// <summary>Packets dropped on the way out.</summary>
    public ulong SendDropped => _counters[7];

    /// <summary>Multicast packets received.</summary>
    public ulong Multicast => _counters[8];

    /// <summary>Collisions.</summary>
    public ulong Collisions => _counters[9];

    /// <summary>Received packets that nothing wanted.</summary>
    public ulong ReceiveNoHandler => _counters[23];

    /// <summary>Received packets for another host.</summary>
    public ulong ReceiveOtherHost => _counters[24];

    /// <summary>One line: packets and bytes, both ways.</summary>
    public override string ToString() => $"received {ReceivedPackets} packets, {ReceivedBytes} bytes; sent {SentPackets} packets, {SentBytes} bytes";
}
