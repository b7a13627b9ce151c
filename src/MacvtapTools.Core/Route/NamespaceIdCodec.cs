using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>RTM_GETNSID: the id by which one network namespace knows another (include/uapi/linux/net_namespace.h).</summary>
internal static class NamespaceIdCodec
{
    private const ushort RTM_GETNSID = 90;
    private const int NETNSA_NSID = 1;
    private const int NETNSA_FD = 3;
    private const int HeaderLength = 4;

    /// <summary>Asks for the id of the namespace behind an open descriptor.</summary>
    internal static void ComposeGet(RequestBuffer requests, int descriptor)
    {
        using MessageWriter message = requests.Begin(RTM_GETNSID, NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK);
        message.Header(0); // struct rtgenmsg: one byte of family, padded to four
        message.S32(NETNSA_FD, descriptor);
    }

    /// <summary>The id, or null where the one does not know the other.</summary>
    internal static int? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderLength) return null;
        var attributes = new AttributeReader(body[HeaderLength..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == NETNSA_NSID) return attributes.S32 >= 0 ? attributes.S32 : null;
        }

        return null;
    }
}
