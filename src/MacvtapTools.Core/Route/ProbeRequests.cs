using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>Requests as other programs send them, to see what this kernel makes of them. They are for links that were made for that, and for none.</summary>
internal static class ProbeRequests
{
    /// <summary>A change of a link that does not exist, with nothing in it: EPERM without CAP_NET_ADMIN (rtnetlink_rcv_msg asks for it first), ENODEV with it.</summary>
    internal static void ChangeNothing(RequestBuffer requests)
    {
        using MessageWriter message = requests.Begin(RTM_SETLINK, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = int.MaxValue });
    }

    /// <summary>A change of what is particular to the kind, by RTM_SETLINK.</summary>
    internal static void ChangeKindBySetLink(RequestBuffer requests, int index, KindSettings kind)
    {
        using MessageWriter message = requests.Begin(RTM_SETLINK, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = index });
        kind.Write(message);
    }

    /// <summary>All links, without an extended mask.</summary>
    internal static void DumpWithoutMask(RequestBuffer requests)
    {
        using MessageWriter message = requests.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(default(InterfaceMessage));
    }

    /// <summary>A change of one attribute of a bridge port of one byte, by the slave data of RTM_NEWLINK.</summary>
    internal static void SetPortBySlaveData(RequestBuffer requests, int index, int attribute, byte value)
    {
        using MessageWriter message = requests.Begin(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = index });
        using (message.Nest(IFLA.LINKINFO))
        {
            message.Text(IFLA.INFO_SLAVE_KIND, BridgePortCodec.SlaveKind);
            using (message.Nest(IFLA.INFO_SLAVE_DATA)) message.U8(attribute, value);
        }
    }
}
