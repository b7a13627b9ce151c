using System.Runtime.InteropServices;
using System.Text;
using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>Decodes RTM_NEWLINK and RTM_DELLINK (rtnl_fill_ifinfo in net/core/rtnetlink.c).</summary>
internal static class LinkCodec
{
    /// <summary>Decodes the body of a link message; nothing in it makes this throw.</summary>
    internal static LinkRecord Read(ReadOnlySpan<byte> body)
    {
        var record = new LinkRecord();
        if (body.Length < Marshal.SizeOf<InterfaceMessage>())
        {
            record.IsMalformed = true;
            return record;
        }

        InterfaceMessage header = MemoryMarshal.Read<InterfaceMessage>(body);
        record.Index = header.Index;
        record.HardwareType = header.Type;
        record.Flags = header.Flags;
        var attributes = new AttributeReader(body[Marshal.SizeOf<InterfaceMessage>()..], IFLA.LINKINFO);

        // Behind a nest whose inside does not fit would be read what is its own inside, taken for attributes of the link: MAC addresses as its MTU, for example.
        while (!record.IsMalformed && attributes.MoveNext()) ReadAttribute(record, attributes, header.Family);
        record.IsMalformed |= attributes.IsMalformed;
        return record;
    }

    private static void ReadAttribute(LinkRecord record, in AttributeReader attribute, byte family)
    {
        switch (attribute.Type)
        {
            case IFLA.IFNAME: record.Name = attribute.Text; break;
            case IFLA.ADDRESS: record.Address = HardwareAddress.Format(attribute.Value); break;
            case IFLA.PERM_ADDRESS: record.PermanentAddress = HardwareAddress.Format(attribute.Value); break;
            case IFLA.MTU: record.Mtu = attribute.U32; break;
            case IFLA.MIN_MTU: record.MinMtu = attribute.U32; break;
            case IFLA.MAX_MTU: record.MaxMtu = attribute.U32; break;
            case IFLA.LINK: record.LinkIndex = attribute.S32; break;
            case IFLA.NEW_NETNSID: record.NewNamespaceId = attribute.S32; break;
            case IFLA.NEW_IFINDEX: record.NewIndex = attribute.S32; break;
            case IFLA.WIRELESS: record.IsPartial = true; break;
            case IFLA.LINK_NETNSID: record.LinkNamespaceId = attribute.S32; break;
            case IFLA.MASTER: record.MasterIndex = attribute.S32; break;
            case IFLA.QDISC: record.QueueDiscipline = QueueDisciplineName(attribute.Value); break;
            case IFLA.TXQLEN: record.TransmitQueueLength = attribute.U32; break;
            case IFLA.OPERSTATE: record.OperationalStatus = (OperationalStatus)attribute.U8; break;
            case IFLA.GROUP: record.Group = attribute.U32; break;
            case IFLA.PROMISCUITY: record.Promiscuity = attribute.U32; break;
            case IFLA.ALLMULTI: record.AllMulticast = attribute.U32; break;
            case IFLA.NUM_TX_QUEUES: record.TransmitQueueCount = attribute.U32; break;
            case IFLA.NUM_RX_QUEUES: record.ReceiveQueueCount = attribute.U32; break;
            case IFLA.CARRIER: record.Carrier = attribute.U8 != 0; break;
            case IFLA.CARRIER_CHANGES: record.CarrierChanges = attribute.U32; break;
            case IFLA.PROTO_DOWN: record.ProtocolDown = attribute.U8 != 0; break;
            case IFLA.IFALIAS: record.Alias = attribute.Text; break;
            case IFLA.STATS64: record.Statistics = new LinkStatistics(attribute.Value); break;
            case IFLA.PROP_LIST: record.AlternativeNames = ReadNames(attribute.Nested); break;
            case IFLA.AF_SPEC: ReadAddressFamilies(record, attribute.Nested); break;
            case IFLA.LINKINFO: ReadKind(record, new AttributeReader(attribute.Value, IFLA.INFO_DATA)); break;
            case IFLA.PROTINFO when family == RtnetlinkConstants.AF_BRIDGE: record.Port = BridgePortCodec.Read(attribute.Nested); break;
        }
    }

    private static void ReadKind(LinkRecord record, AttributeReader info)
    {
        ReadOnlySpan<byte> data = default;
        ReadOnlySpan<byte> slaveData = default;
        bool hasData = false;
        while (info.MoveNext())
        {
            switch (info.Type)
            {
                case IFLA.INFO_KIND: record.Kind = KindName(info.Value); break;
                case IFLA.INFO_SLAVE_KIND: record.SlaveKind = KindName(info.Value); break;
                case IFLA.INFO_DATA:
                    data = info.Value;
                    hasData = true;
                    break;
                case IFLA.INFO_SLAVE_DATA: slaveData = info.Value; break;
            }
        }

        var reader = new AttributeReader(data, MacvlanCodec.IFLA_MACVLAN_MACADDR_DATA);
        if (record.SlaveKind == BridgePortCodec.SlaveKind) record.Port = BridgePortCodec.Read(new AttributeReader(slaveData));
        switch (record.Kind)
        {
            case MacvlanSettings.Macvlan or MacvlanSettings.Macvtap: record.Macvlan = MacvlanCodec.Read(ref reader); break;
            case TunCodec.Kind: record.Tun = TunCodec.Read(new AttributeReader(data)); break;
            case BridgeSettings.Bridge: record.Bridge = BridgeCodec.Read(new AttributeReader(data)); break;
            default:
                if (hasData) record.UnknownKindData = data.ToArray();
                break;
        }

        record.IsMalformed |= info.IsMalformed || reader.IsMalformed || record.Macvlan is { IsSourceListTruncated: true };
    }

    private static void ReadAddressFamilies(LinkRecord record, AttributeReader families)
    {
        while (families.MoveNext())
        {
            if (families.Type != RtnetlinkConstants.AF_INET6) continue;
            AttributeReader inet6 = families.Nested;
            while (inet6.MoveNext())
            {
                if (inet6.Type == IFLA.INET6_ADDR_GEN_MODE) record.AddressGeneration = (AddressGeneration)inet6.U8;
            }
        }
    }

    private static string[] ReadNames(AttributeReader list)
    {
        var names = new List<string>();
        while (list.MoveNext())
        {
            if (list.Type == IFLA.ALT_IFNAME) names.Add(list.Text);
        }

        return [.. names];
    }

    /// <summary>The name of a kind, without allocating for the usual ones: a dump has it once for each link.</summary>
    private static string KindName(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> name = BeforeZero(value);
        if (name.SequenceEqual("macvtap"u8)) return MacvlanSettings.Macvtap;
        if (name.SequenceEqual("macvlan"u8)) return MacvlanSettings.Macvlan;
        if (name.SequenceEqual("veth"u8)) return VethSettings.Veth;
        return name.SequenceEqual("bridge"u8) ? BridgeSettings.Bridge : Encoding.UTF8.GetString(name);
    }

    private static string QueueDisciplineName(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> name = BeforeZero(value);
        if (name.SequenceEqual("noqueue"u8)) return "noqueue";
        if (name.SequenceEqual("noop"u8)) return "noop";
        return name.SequenceEqual("pfifo_fast"u8) ? TransmitRing.QueueDiscipline : Encoding.UTF8.GetString(name);
    }

    private static ReadOnlySpan<byte> BeforeZero(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)0);
        return end < 0 ? value : value[..end];
    }
}
