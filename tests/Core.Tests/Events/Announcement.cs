using MacvtapTools.Events;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Tests.Links;
using MacvtapTools.Tests.Netlink;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Tests.Events;

/// <summary>What the kernel sends to those that listen, as whole netlink messages.</summary>
internal static class Announcement
{
    internal static byte[] Of(FakeLink link) => Wire.Compose(RTM_NEWLINK, 0, link.Write, port: 0);

    internal static byte[] Deletion(FakeLink link) => Wire.Compose(RTM_DELLINK, 0, link.Write, port: 0);

    internal static byte[] Move(FakeLink link, int namespaceId, int index) => Wire.Compose(
        RTM_DELLINK,
        0,
        message =>
        {
            link.Write(message);
            message.S32(IFLA.NEW_NETNSID, namespaceId);
            message.S32(IFLA.NEW_IFINDEX, index);
        },
        port: 0);

    /// <summary>What a bridge says of a port: few attributes of the link, and the port's own (br_fill_ifinfo).</summary>
    internal static byte[] Port(FakeLink link) => Wire.Compose(
        RTM_NEWLINK,
        0,
        message =>
        {
            Begin(message, link, link.Master);
            using (message.Nest(IFLA.PROTINFO | NetlinkConstants.NLA_F_NESTED)) link.WritePort(message);
        },
        port: 0);

    /// <summary>A port that leaves: the message has no port attributes.</summary>
    internal static byte[] PortGone(FakeLink link, int bridge) => Wire.Compose(RTM_DELLINK, 0, message => Begin(message, link, bridge), port: 0);

    internal static LinkMessage Read(byte[] message)
    {
        var reader = new MessageReader(message);
        Xunit.Assert.True(reader.MoveNext());
        Xunit.Assert.True(LinkMessage.TryRead(reader.Header.Type, reader.Body, out LinkMessage read));
        return read;
    }

    private static void Begin(MessageWriter message, FakeLink link, int bridge)
    {
        message.Header(new InterfaceMessage { Family = AF_BRIDGE, Type = 1, Index = link.Index, Flags = link.Flags });
        message.Text(IFLA.IFNAME, link.Name);
        message.S32(IFLA.MASTER, bridge);
        message.U32(IFLA.MTU, 77);
    }
}
