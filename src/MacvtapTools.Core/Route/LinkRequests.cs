using System.Text;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>Composes requests about links. Each asks for an acknowledgement, so that each has an outcome.</summary>
internal static class LinkRequests
{
    /// <summary>One link by index.</summary>
    internal static void Get(RequestBuffer requests, int index, uint extendedMask = 0) => Get(requests, index, 0, null, extendedMask);

    /// <summary>One link by name: a name of up to 15 bytes is looked up as the link's own name, a longer one can only be an alternative name.</summary>
    internal static void Get(RequestBuffer requests, string name, uint extendedMask = 0) =>
        Get(requests, 0, Encoding.UTF8.GetByteCount(name) <= LongestName ? IFLA.IFNAME : IFLA.ALT_IFNAME, name, extendedMask);

    /// <summary>One link by index in another namespace, by the id that the socket's own has for it.</summary>
    internal static void GetElsewhere(RequestBuffer requests, int index, int namespaceId)
    {
        using MessageWriter message = requests.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = index });
        message.S32(IFLA.TARGET_NETNSID, namespaceId);
    }

    /// <summary>
    /// All links, or those of one kind. A kernel that does not know the kind sends all of them: filter again. The extended mask asks for nothing here (it is
    /// about bridges), but without any the kernel does not look how long its longest link is: a link that does not fit a small buffer, such as one with
    /// 2,000 source addresses, and all behind it are then left out without a word (net/core/rtnetlink.c, rtnl_calcit).
    /// </summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="kind">The kernel's name of a kind, or null.</param>
    /// <param name="hasStatistics">Whether the counters are wanted: the kernel adds up each of them over all processors.</param>
    internal static void Dump(RequestBuffer requests, string? kind = null, bool hasStatistics = true)
    {
        using MessageWriter message = requests.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(default(InterfaceMessage));
        message.U32(IFLA.EXT_MASK, hasStatistics ? RTEXT_FILTER_MRP : RTEXT_FILTER_MRP | RTEXT_FILTER_SKIP_STATS);
        if (kind is null) return;
        using (message.Nest(IFLA.LINKINFO)) message.Text(IFLA.INFO_KIND, kind);
    }

    /// <summary>A new link; with <paramref name="echo"/> the kernel answers with the link as it made it.</summary>
    internal static void Create(RequestBuffer requests, LinkSettings link, KindSettings kind, bool echo)
    {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL | (echo ? NLM_F_ECHO : 0);
        using MessageWriter message = requests.Begin(RTM_NEWLINK, flags);
        uint up = link.Up ? IFF_UP : 0;
        message.Header(new InterfaceMessage { Index = link.Index, Flags = up, Change = up });
        if (link.Name is { } name) message.Text(IFLA.IFNAME, name);
        if (link.LowerIndex is { } lower) message.S32(IFLA.LINK, lower);
        if (link.Address is { } address) message.Bytes(IFLA.ADDRESS, address);
        if (link.NamespaceDescriptor is { } descriptor) message.S32(IFLA.NET_NS_FD, descriptor);
        if (link.Mtu is { } mtu) message.U32(IFLA.MTU, mtu);
        if (link.TransmitQueueLength is { } length) message.U32(IFLA.TXQLEN, length);
        if (link.QueueCount is { } queues)
        {
            message.U32(IFLA.NUM_TX_QUEUES, queues);
            message.U32(IFLA.NUM_RX_QUEUES, queues);
        }

        kind.Write(message);
    }

    /// <summary>Changes what is particular to the kind. Only RTM_NEWLINK does that: RTM_SETLINK with the same body is acknowledged and ignored.</summary>
    internal static void ChangeKind(RequestBuffer requests, int index, KindSettings kind)
    {
        using MessageWriter message = BeginChange(requests, RTM_NEWLINK, index);
        kind.Write(message);
    }

    /// <summary>Sets interface flags.</summary>
    internal static void SetFlags(RequestBuffer requests, int index, uint value, uint mask)
    {
        using MessageWriter message = requests.Begin(RTM_SETLINK, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = index, Flags = value, Change = mask });
    }

    /// <summary>Sets one number: IFLA_MTU, IFLA_TXQLEN, IFLA_GROUP, IFLA_MASTER (0 releases).</summary>
    internal static void SetNumber(RequestBuffer requests, int index, int attribute, uint value)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        message.U32(attribute, value);
    }

    /// <summary>Sets one byte: IFLA_PROTO_DOWN.</summary>
    internal static void SetByte(RequestBuffer requests, int index, int attribute, byte value)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        message.U8(attribute, value);
    }

    /// <summary>Sets the name.</summary>
    internal static void SetName(RequestBuffer requests, int index, string name)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        message.Text(IFLA.IFNAME, name);
    }

    /// <summary>Sets the alias, up to 255 bytes; an empty one clears it. It travels without a NUL.</summary>
    internal static void SetAlias(RequestBuffer requests, int index, string alias)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        message.Bytes(IFLA.IFALIAS, Encoding.UTF8.GetBytes(alias));
    }

    /// <summary>Sets the MAC address.</summary>
    internal static void SetAddress(RequestBuffer requests, int index, ReadOnlySpan<byte> address)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        message.Bytes(IFLA.ADDRESS, address);
    }

    /// <summary>Sets how the host makes IPv6 addresses. The kernel takes this in no create message (EAFNOSUPPORT).</summary>
    internal static void SetAddressGeneration(RequestBuffer requests, int index, AddressGeneration mode)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        using (message.Nest(IFLA.AF_SPEC))
        using (message.Nest(AF_INET6))
            message.U8(IFLA.INET6_ADDR_GEN_MODE, (byte)mode);
    }

    /// <summary>Moves a link into another network namespace, with another name and index where they are given. A clash of the index is refused as a whole; the name is given after the move, so that a link whose name is refused has moved all the same (net/core/rtnetlink.c, do_setlink).</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="index">The link.</param>
    /// <param name="namespaceDescriptor">An open descriptor of the destination.</param>
    /// <param name="newName">The name to have there, or null.</param>
    /// <param name="newIndex">The index to have there, or null.</param>
    internal static void Move(RequestBuffer requests, int index, int namespaceDescriptor, string? newName, int? newIndex)
    {
        using MessageWriter message = BeginChange(requests, RTM_SETLINK, index);
        message.S32(IFLA.NET_NS_FD, namespaceDescriptor);
        if (newName is not null) message.Text(IFLA.IFNAME, newName);
        if (newIndex is { } wanted) message.S32(IFLA.NEW_IFINDEX, wanted);
    }

    /// <summary>Adds an alternative name, up to 127 bytes.</summary>
    internal static void AddAlternativeName(RequestBuffer requests, int index, string name)
    {
        using MessageWriter message = requests.Begin(RTM_NEWLINKPROP, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND);
        message.Header(new InterfaceMessage { Index = index });
        using (message.Nest(IFLA.PROP_LIST | NLA_F_NESTED)) message.Text(IFLA.ALT_IFNAME, name);
    }

    /// <summary>Removes an alternative name.</summary>
    internal static void RemoveAlternativeName(RequestBuffer requests, int index, string name)
    {
        using MessageWriter message = BeginChange(requests, RTM_DELLINKPROP, index);
        using (message.Nest(IFLA.PROP_LIST | NLA_F_NESTED)) message.Text(IFLA.ALT_IFNAME, name);
    }

    /// <summary>Deletes one link.</summary>
    internal static void Delete(RequestBuffer requests, int index)
    {
        using MessageWriter message = BeginChange(requests, RTM_DELLINK, index);
    }

    /// <summary>Deletes all links of a group at once.</summary>
    internal static void DeleteGroup(RequestBuffer requests, uint group)
    {
        using MessageWriter message = BeginChange(requests, RTM_DELLINK, 0);
        message.U32(IFLA.GROUP, group);
    }

    internal static MessageWriter BeginChange(RequestBuffer requests, ushort type, int index)
    {
        MessageWriter message = requests.Begin(type, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = index });
        return message;
    }

    private static void Get(RequestBuffer requests, int index, int attribute, string? name, uint extendedMask)
    {
        using MessageWriter message = requests.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK);
        message.Header(new InterfaceMessage { Index = index });
        if (name is not null) message.Text(attribute, name);
        if (extendedMask != 0) message.U32(IFLA.EXT_MASK, extendedMask);
    }
}
