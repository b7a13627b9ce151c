using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>What the kernel tells of a macvlan or macvtap.</summary>
internal sealed class MacvlanFacts
{
    internal LinkMode Mode { get; set; }

    internal ModeFlag Flags { get; set; }

    internal string[] SourceAddresses { get; set; } = [];

    /// <summary>How many source addresses the kernel says it has; the list can be shorter (see IsSourceListTruncated).</summary>
    internal uint SourceAddressCount { get; set; }

    internal uint? BroadcastQueueLength { get; set; }

    internal uint? BroadcastQueueLengthUsed { get; set; }

    /// <summary>Reported only when it is not 1.</summary>
    internal int? BroadcastCutoff { get; set; }

    /// <summary>
    /// What was read is a part. More than 5455 addresses wrap the 16-bit lengths of the nests around them, which is undone in reading
    /// (<see cref="AttributeReader"/>); should it not have been possible, this tells.
    /// </summary>
    internal bool IsSourceListTruncated => SourceAddresses.Length < SourceAddressCount;
}

/// <summary>What happens to a list of source addresses (MACVLAN_MACADDR_*). Adding one that is there and removing one that is not both succeed.</summary>
internal enum SourceListChange : uint
{
    Add = 0,
    Remove = 1,
    Clear = 2,
    Set = 3,
}

/// <summary>What a macvlan or macvtap is told. Only what is set is sent.</summary>
internal sealed class MacvlanSettings(string kind) : KindSettings
{
    internal const string Macvlan = "macvlan";
    internal const string Macvtap = "macvtap";

    /// <summary>The longest list of source addresses that the kernel can also report: a nest has a 16-bit length and each address takes 12 bytes.</summary>
    internal const int MostSourceAddresses = 5400;

    internal override string Kind => kind;

    internal LinkMode? Mode { get; init; }

    internal ModeFlag? Flags { get; init; }

    /// <summary>The whole list of source addresses, 6 bytes each; null leaves it.</summary>
    internal IReadOnlyList<byte[]>? SourceAddresses { get; init; }

    /// <summary>One change of the list, instead of the whole; a null address with <see cref="SourceListChange.Clear"/>.</summary>
    internal (SourceListChange Change, byte[]? Address)? SourceListEdit { get; init; }

    internal uint? BroadcastQueueLength { get; init; }

    internal int? BroadcastCutoff { get; init; }

    internal override void WriteData(MessageWriter message) => MacvlanCodec.Write(message, this);
}

/// <summary>IFLA_MACVLAN_* (include/uapi/linux/if_link.h; drivers/net/macvlan.c, macvlan_fill_info and macvlan_changelink).</summary>
internal static class MacvlanCodec
{
    private const int IFLA_MACVLAN_MODE = 1;
    private const int IFLA_MACVLAN_FLAGS = 2;
    private const int IFLA_MACVLAN_MACADDR_MODE = 3;
    private const int IFLA_MACVLAN_MACADDR = 4;

    /// <summary>The one nest that grows without a bound, and with it those around it.</summary>
    internal const int IFLA_MACVLAN_MACADDR_DATA = 5;

    private const int IFLA_MACVLAN_MACADDR_COUNT = 6;
    private const int IFLA_MACVLAN_BC_QUEUE_LEN = 7;
    private const int IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8;
    private const int IFLA_MACVLAN_BC_CUTOFF = 9;


    internal static MacvlanFacts Read(ref AttributeReader data)
    {
        var facts = new MacvlanFacts();
        while (data.MoveNext())
        {
            switch (data.Type)
            {
                case IFLA_MACVLAN_MODE: facts.Mode = (LinkMode)data.U32; break;
                case IFLA_MACVLAN_FLAGS: facts.Flags = (ModeFlag)data.U16; break;
                case IFLA_MACVLAN_MACADDR_DATA: facts.SourceAddresses = ReadAddresses(data.Nested); break;
                case IFLA_MACVLAN_MACADDR_COUNT: facts.SourceAddressCount = data.U32; break;
                case IFLA_MACVLAN_BC_QUEUE_LEN: facts.BroadcastQueueLength = data.U32; break;
                case IFLA_MACVLAN_BC_QUEUE_LEN_USED: facts.BroadcastQueueLengthUsed = data.U32; break;
                case IFLA_MACVLAN_BC_CUTOFF: facts.BroadcastCutoff = data.S32; break;
            }
        }

        return facts;
    }

    internal static void Write(MessageWriter message, MacvlanSettings settings)
    {
        if (settings.Mode is { } mode) message.U32(IFLA_MACVLAN_MODE, (uint)mode);

        // Bits beyond the 16 of the attribute must be refused by the kernel, and not be lost on the way.
        if (settings.Flags is { } flags) message.U16(IFLA_MACVLAN_FLAGS, (int)flags is >= 0 and <= ushort.MaxValue ? (ushort)flags : ushort.MaxValue);
        if (settings.SourceAddresses is { } addresses)
        {
            message.U32(IFLA_MACVLAN_MACADDR_MODE, (uint)SourceListChange.Set);
            using (message.Nest(IFLA_MACVLAN_MACADDR_DATA))
            {
                foreach (byte[] address in addresses) message.Bytes(IFLA_MACVLAN_MACADDR, address);
            }
        }

        if (settings.SourceListEdit is { } edit)
        {
            message.U32(IFLA_MACVLAN_MACADDR_MODE, (uint)edit.Change);
            if (edit.Address is { } one) message.Bytes(IFLA_MACVLAN_MACADDR, one);
        }

        if (settings.BroadcastQueueLength is { } length) message.U32(IFLA_MACVLAN_BC_QUEUE_LEN, length);
        if (settings.BroadcastCutoff is { } cutoff) message.S32(IFLA_MACVLAN_BC_CUTOFF, cutoff);
    }

    private static string[] ReadAddresses(AttributeReader list)
    {
        var addresses = new List<string>();
        while (list.MoveNext())
        {
            if (list.Type == IFLA_MACVLAN_MACADDR && list.Value.Length == HardwareAddress.EthernetLength) addresses.Add(HardwareAddress.Format(list.Value)!);
        }

        return [.. addresses];
    }
}
