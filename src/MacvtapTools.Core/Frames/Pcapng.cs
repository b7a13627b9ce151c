namespace MacvtapTools.Frames;

/// <summary>The numbers of the pcapng format (draft-ietf-opsawg-pcapng) and of classic pcap (draft-ietf-opsawg-pcap).</summary>
internal static class Pcapng
{
    internal const uint SectionHeader = 0x0A0D0D0A;
    internal const uint InterfaceDescription = 1;
    internal const uint OldPacket = 2;
    internal const uint SimplePacket = 3;
    internal const uint InterfaceStatistics = 5;
    internal const uint EnhancedPacket = 6;

    internal const uint ByteOrderMagic = 0x1A2B3C4D;
    internal const uint ClassicMicroseconds = 0xA1B2C3D4;
    internal const uint ClassicNanoseconds = 0xA1B23C4D;

    internal const ushort LinkTypeEthernet = 1;
    internal const int NanosecondResolution = 9;

    internal const ushort EndOfOptions = 0;
    internal const ushort SectionApplication = 4;
    internal const ushort SectionSystem = 3;
    internal const ushort InterfaceName = 2;
    internal const ushort InterfaceResolution = 9;
    internal const ushort InterfaceTimeOffset = 14;
    internal const ushort PacketFlags = 2;
    internal const ushort StatisticsStart = 2;
    internal const ushort StatisticsEnd = 3;
    internal const ushort StatisticsReceived = 4;
    internal const ushort StatisticsDropped = 5;

    /// <summary>A block's type, its length, and its length again at the end.</summary>
    internal const int BlockFrame = 12;

    /// <summary>No writer makes longer blocks; a larger length means that the file is damaged (libpcap and Wireshark have the same limit for packets).</summary>
    internal const int LongestBlock = 16 << 20;

    internal static int Padded(int length) => (length + 3) & ~3;
}
