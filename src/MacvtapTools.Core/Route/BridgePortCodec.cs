using System.Runtime.InteropServices;
using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>What the kernel tells of a bridge port, one value for each IFLA_BRPORT_* number; a number that this library does not know is kept too.</summary>
internal sealed class BridgePortFacts
{
    private readonly ulong?[] _values = new ulong?[BridgePortCodec.Known];

    /// <summary>The value of an attribute, or null where this kernel does not report it.</summary>
    internal ulong? this[int attribute]
    {
        get => (uint)attribute < (uint)_values.Length ? _values[attribute] : null;
        set
        {
            if ((uint)attribute < (uint)_values.Length) _values[attribute] = value;
        }
    }

    /// <summary>Attribute numbers that this library does not know.</summary>
    internal List<int>? Unknown { get; set; }

    internal bool IsSet(int attribute) => this[attribute] is > 0;
}

/// <summary>IFLA_BRPORT_* (include/uapi/linux/if_link.h; net/bridge/br_netlink.c, br_port_fill_attrs and br_port_policy).</summary>
internal static class BridgePortCodec
{
    internal const string SlaveKind = "bridge";

    internal const int STATE = 1;
    internal const int PRIORITY = 2;
    internal const int COST = 3;

    /// <summary>IFLA_BRPORT_MODE: this is the hairpin switch, whatever its name says.</summary>
    internal const int MODE = 4;
    internal const int GUARD = 5;
    internal const int PROTECT = 6;
    internal const int FAST_LEAVE = 7;
    internal const int LEARNING = 8;
    internal const int UNICAST_FLOOD = 9;
    internal const int PROXYARP = 10;
    internal const int PROXYARP_WIFI = 12;
    internal const int ROOT_ID = 13;
    internal const int BRIDGE_ID = 14;
    internal const int DESIGNATED_PORT = 15;
    internal const int DESIGNATED_COST = 16;
    internal const int ID = 17;
    internal const int NO = 18;
    internal const int TOPOLOGY_CHANGE_ACK = 19;
    internal const int CONFIG_PENDING = 20;
    internal const int MESSAGE_AGE_TIMER = 21;
    internal const int FORWARD_DELAY_TIMER = 22;
    internal const int HOLD_TIMER = 23;
    internal const int FLUSH = 24;
    internal const int MULTICAST_ROUTER = 25;
    internal const int MCAST_FLOOD = 27;
    internal const int MCAST_TO_UCAST = 28;
    internal const int VLAN_TUNNEL = 29;
    internal const int BCAST_FLOOD = 30;
    internal const int GROUP_FWD_MASK = 31;
    internal const int NEIGH_SUPPRESS = 32;
    internal const int ISOLATED = 33;
    internal const int BACKUP_PORT = 34;
    internal const int MRP_RING_OPEN = 35;
    internal const int MRP_IN_OPEN = 36;
    internal const int MCAST_EHT_HOSTS_LIMIT = 37;
    internal const int MCAST_EHT_HOSTS_CNT = 38;
    internal const int LOCKED = 39;
    internal const int MAB = 40;
    internal const int MCAST_N_GROUPS = 41;
    internal const int MCAST_MAX_GROUPS = 42;
    internal const int NEIGH_VLAN_SUPPRESS = 43;
    internal const int BACKUP_NHID = 44;
    internal const int Known = 64;

    internal static BridgePortFacts Read(AttributeReader data)
    {
        var facts = new BridgePortFacts();
        while (data.MoveNext())
        {
            if (data.Type >= Known) (facts.Unknown ??= []).Add(data.Type);
            else if (data.Value.Length is > 0 and <= sizeof(ulong)) facts[data.Type] = ReadNumber(data.Value);
        }

        return facts;
    }

    /// <summary>
    /// Composes a change of one port attribute, through IFLA_PROTINFO (whose nest flag must be set: without it the kernel takes the first byte for a
    /// spanning-tree state). The newer way, RTM_NEWLINK with the slave's data, ends with a notice that makes the bridge switch on a port that somebody had
    /// disabled (net/core/rtnetlink.c, do_setlink; net/bridge/br_if.c, br_port_carrier_check).
    /// </summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="index">The link that is the port.</param>
    /// <param name="attribute">IFLA_BRPORT_*.</param>
    /// <param name="width">Bytes on the wire: 1, 2 or 4.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another width.</exception>
    internal static void ComposeSet(RequestBuffer requests, int index, int attribute, int width, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(bytes, in value);
        ComposeSet(requests, index, attribute, bytes[..width]);
    }

    /// <summary>Composes that the bridge forgets the addresses that it learned at a port (br_fdb_delete_by_port); those that were entered stay.</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="index">The link that is the port.</param>
    internal static void ComposeFlush(RequestBuffer requests, int index) => ComposeSet(requests, index, FLUSH, []);

    private static void ComposeSet(RequestBuffer requests, int index, int attribute, ReadOnlySpan<byte> value)
    {
        using MessageWriter message = requests.Begin(RtnetlinkConstants.RTM_SETLINK, NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK);
        message.Header(new InterfaceMessage { Family = RtnetlinkConstants.AF_BRIDGE, Index = index });
        using (message.Nest(IFLA.PROTINFO | NetlinkConstants.NLA_F_NESTED))
            message.Bytes(attribute, value);
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> value)
    {
        switch (value.Length)
        {
            case 1: return value[0];
            case 2: return MemoryMarshal.Read<ushort>(value);
            case 4: return MemoryMarshal.Read<uint>(value);
            case 8: return MemoryMarshal.Read<ulong>(value);
            default:
                ulong number = 0;
                value.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref number)));
                return number;
        }
    }
}
