using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>What the kernel tells of a bridge. Times are in hundredths of a second (USER_HZ).</summary>
internal sealed class BridgeFacts
{
    internal uint? ForwardDelay { get; set; }

    internal uint? AgeingTime { get; set; }

    internal uint? StpState { get; set; }

    internal byte? VlanFiltering { get; set; }

    /// <summary>Which of 01:80:c2:00:00:0X are forwarded from every port, one bit each.</summary>
    internal ushort? GroupForwardMask { get; set; }

    internal byte? MulticastSnooping { get; set; }
}

/// <summary>What a bridge is told. Only what is set is sent. Times are in hundredths of a second.</summary>
internal sealed class BridgeSettings : KindSettings
{
    internal const string Bridge = "bridge";

    internal override string Kind => Bridge;

    internal uint? ForwardDelay { get; init; }

    internal uint? AgeingTime { get; init; }

    internal uint? StpState { get; init; }

    internal byte? MulticastSnooping { get; init; }

    internal override bool HasData => ForwardDelay is not null || AgeingTime is not null || StpState is not null || MulticastSnooping is not null;

    internal override void WriteData(MessageWriter message)
    {
        if (ForwardDelay is { } delay) message.U32(BridgeCodec.IFLA_BR_FORWARD_DELAY, delay);
        if (AgeingTime is { } ageing) message.U32(BridgeCodec.IFLA_BR_AGEING_TIME, ageing);
        if (StpState is { } state) message.U32(BridgeCodec.IFLA_BR_STP_STATE, state);
        if (MulticastSnooping is { } snooping) message.U8(BridgeCodec.IFLA_BR_MCAST_SNOOPING, snooping);
    }
}

/// <summary>IFLA_BR_* (include/uapi/linux/if_link.h; net/bridge/br_netlink.c, br_fill_info).</summary>
internal static class BridgeCodec
{
    internal const int IFLA_BR_FORWARD_DELAY = 1;
    internal const int IFLA_BR_AGEING_TIME = 4;
    internal const int IFLA_BR_STP_STATE = 5;
    internal const int IFLA_BR_VLAN_FILTERING = 7;
    internal const int IFLA_BR_GROUP_FWD_MASK = 9;
    internal const int IFLA_BR_MCAST_SNOOPING = 23;

    internal static BridgeFacts Read(AttributeReader data)
    {
        var facts = new BridgeFacts();
        while (data.MoveNext())
        {
            switch (data.Type)
            {
                case IFLA_BR_FORWARD_DELAY: facts.ForwardDelay = data.U32; break;
                case IFLA_BR_AGEING_TIME: facts.AgeingTime = data.U32; break;
                case IFLA_BR_STP_STATE: facts.StpState = data.U32; break;
                case IFLA_BR_VLAN_FILTERING: facts.VlanFiltering = data.U8; break;
                case IFLA_BR_GROUP_FWD_MASK: facts.GroupForwardMask = data.U16; break;
                case IFLA_BR_MCAST_SNOOPING: facts.MulticastSnooping = data.U8; break;
            }
        }

        return facts;
    }
}
