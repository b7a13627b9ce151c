using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>What the kernel tells of a classic tun or tap link.</summary>
internal sealed class TunFacts
{
    internal uint? Owner { get; set; }

    internal uint? Group { get; set; }

    /// <summary>1 tun, 2 tap.</summary>
    internal byte Type { get; set; }

    internal bool PacketInformation { get; set; }

    internal bool VnetHeader { get; set; }

    internal bool Persistent { get; set; }

    internal bool MultiQueue { get; set; }

    internal uint? Queues { get; set; }

    internal uint? DisabledQueues { get; set; }
}

/// <summary>IFLA_TUN_* (include/uapi/linux/if_link.h; drivers/net/tun.c, tun_fill_info). Such links are made through /dev/net/tun, never here.</summary>
internal static class TunCodec
{
    internal const string Kind = "tun";

    internal static TunFacts Read(AttributeReader data)
    {
        var facts = new TunFacts();
        while (data.MoveNext())
        {
            switch (data.Type)
            {
                case 1: facts.Owner = data.U32; break;
                case 2: facts.Group = data.U32; break;
                case 3: facts.Type = data.U8; break;
                case 4: facts.PacketInformation = data.U8 != 0; break;
                case 5: facts.VnetHeader = data.U8 != 0; break;
                case 6: facts.Persistent = data.U8 != 0; break;
                case 7: facts.MultiQueue = data.U8 != 0; break;
                case 8: facts.Queues = data.U32; break;
                case 9: facts.DisabledQueues = data.U32; break;
            }
        }

        return facts;
    }
}
