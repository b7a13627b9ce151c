using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Tests.Links;

/// <summary>A link of <see cref="FakeKernel"/>.</summary>
internal sealed class FakeLink
{
    internal required int Index { get; init; }

    internal required string Name { get; set; }

    internal string? Kind { get; set; }

    internal int Lower { get; set; }

    /// <summary>The id of the namespace that the lower device is in; null for this one.</summary>
    internal int? LowerNamespaceId { get; set; }

    internal int Master { get; set; }

    internal uint Group { get; set; }

    internal uint Flags { get; set; }

    internal uint Mtu { get; set; } = 1500;

    internal uint TransmitQueueLength { get; set; } = 500;

    internal uint Queues { get; set; } = 1;

    internal string Address { get; set; } = "02:00:00:00:00:01";

    internal string? Alias { get; set; }

    internal AddressGeneration Generation { get; set; }

    internal LinkMode Mode { get; set; } = LinkMode.Vepa;

    internal ModeFlag ModeFlags { get; set; }

    internal string[] Sources { get; set; } = [];

    internal uint? QueueLength { get; set; } = 1000;

    internal int Cutoff { get; set; } = 1;

    internal bool Hairpin { get; set; }

    internal byte PortState { get; set; } = 3;

    /// <summary>The other attributes of the bridge port, by their number.</summary>
    internal SortedDictionary<int, ulong> PortNumbers { get; } = [];

    internal uint ForwardDelay { get; set; } = 1500;

    internal uint AgeingTime { get; set; } = 30000;

    internal uint StpState { get; set; }

    internal byte Snooping { get; set; } = 1;

    internal bool ProtocolDown { get; set; }

    internal List<string> AlternativeNames { get; } = [];

    /// <summary>Whether the kind has a deletion: physical devices have none.</summary>
    internal bool IsRemovable { get; set; } = true;

    internal bool IsMacvlan => Kind is MacvlanSettings.Macvlan or MacvlanSettings.Macvtap;

    internal void Write(MessageWriter message)
    {
        message.Header(new InterfaceMessage { Type = 1, Index = Index, Flags = Flags });
        message.Text(IFLA.IFNAME, Name);
        message.U32(IFLA.TXQLEN, TransmitQueueLength);
        message.U32(IFLA.MTU, Mtu);
        message.U32(IFLA.GROUP, Group);
        message.U32(IFLA.NUM_TX_QUEUES, Queues);
        message.U32(IFLA.NUM_RX_QUEUES, Queues);
        if (Master != 0) message.S32(IFLA.MASTER, Master);
        message.U8(IFLA.PROTO_DOWN, ProtocolDown ? (byte)1 : (byte)0);
        if (AlternativeNames.Count > 0)
        {
            using (message.Nest(IFLA.PROP_LIST))
            {
                foreach (string name in AlternativeNames) message.Text(IFLA.ALT_IFNAME, name);
            }
        }

        if (Alias is not null) message.Text(IFLA.IFALIAS, Alias);
        message.Bytes(IFLA.ADDRESS, Convert.FromHexString(Address.Replace(":", string.Empty, StringComparison.Ordinal)));
        WriteKind(message);
        if (Lower != 0) message.S32(IFLA.LINK, Lower);
        if (LowerNamespaceId is { } place) message.S32(IFLA.LINK_NETNSID, place);
        using (message.Nest(IFLA.AF_SPEC))
        using (message.Nest(RtnetlinkConstants.AF_INET6))
            message.U8(IFLA.INET6_ADDR_GEN_MODE, (byte)Generation);
    }

    /// <summary>The attributes of the bridge port, which two kinds of messages have.</summary>
    internal void WritePort(MessageWriter message)
    {
        message.U8(BridgePortCodec.STATE, PortState);
        message.U8(BridgePortCodec.MODE, Hairpin ? (byte)1 : (byte)0);
        foreach ((int attribute, ulong value) in PortNumbers) message.U32(attribute, (uint)value);
    }

    private void WriteKind(MessageWriter message)
    {
        if (Kind is null && Master == 0) return;
        using (message.Nest(IFLA.LINKINFO))
        {
            if (Kind is not null) message.Text(IFLA.INFO_KIND, Kind);
            if (IsMacvlan)
            {
                using (message.Nest(IFLA.INFO_DATA))
                {
                    message.U32(1, (uint)Mode);
                    message.U16(2, (ushort)ModeFlags);
                    message.U32(6, (uint)Sources.Length);
                    using (message.Nest(5))
                    {
                        foreach (string source in Sources) message.Bytes(4, Convert.FromHexString(source.Replace(":", string.Empty, StringComparison.Ordinal)));
                    }

                    if (QueueLength is { } length) message.U32(7, length);
                    if (Cutoff != 1) message.S32(9, Cutoff);
                }
            }

            if (Kind == BridgeSettings.Bridge)
            {
                using (message.Nest(IFLA.INFO_DATA))
                {
                    message.U32(BridgeCodec.IFLA_BR_FORWARD_DELAY, ForwardDelay);
                    message.U32(BridgeCodec.IFLA_BR_AGEING_TIME, AgeingTime);
                    message.U32(BridgeCodec.IFLA_BR_STP_STATE, StpState);
                    message.U8(BridgeCodec.IFLA_BR_MCAST_SNOOPING, Snooping);
                }
            }

            if (Master == 0) return;
            message.Text(IFLA.INFO_SLAVE_KIND, BridgePortCodec.SlaveKind);
            using (message.Nest(IFLA.INFO_SLAVE_DATA)) WritePort(message);
        }
    }
}
