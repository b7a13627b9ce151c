using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>A veth pair: the message makes both ends, the second one described inside VETH_INFO_PEER (include/uapi/linux/veth.h).</summary>
internal sealed class VethSettings : KindSettings
{
    internal const string Veth = "veth";
    private const int VETH_INFO_PEER = 1;

    internal override string Kind => Veth;

    internal required string PeerName { get; init; }

    /// <summary>An open descriptor of the namespace where the peer shall live; null for the namespace of the first end.</summary>
    internal int? PeerNamespaceDescriptor { get; init; }

    internal byte[]? PeerAddress { get; init; }

    internal uint? PeerMtu { get; init; }

    internal override void WriteData(MessageWriter message)
    {
        using (message.Nest(VETH_INFO_PEER))
        {
            message.Header(default(InterfaceMessage));
            message.Text(IFLA.IFNAME, PeerName);
            if (PeerAddress is { } address) message.Bytes(IFLA.ADDRESS, address);
            if (PeerMtu is { } mtu) message.U32(IFLA.MTU, mtu);
            if (PeerNamespaceDescriptor is { } descriptor) message.S32(IFLA.NET_NS_FD, descriptor);
        }
    }
}
