using System.Runtime.InteropServices;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>
/// Forwarding entries of links: RTM_NEWNEIGH, RTM_DELNEIGH and RTM_GETNEIGH of the family AF_BRIDGE (rtnl_fdb_add, rtnl_fdb_del and rtnl_fdb_dump in
/// net/core/rtnetlink.c). With NTF_SELF an entry belongs to the link's own list of addresses that it lets in, not to a bridge.
/// </summary>
internal static class NeighbourCodec
{
    internal const ushort NUD_PERMANENT = 0x80;
    internal const byte NTF_SELF = 0x02;
    internal const int NDA_LLADDR = 2;

    /// <summary>Lets an address in; EEXIST where the link does so already.</summary>
    internal static void ComposeAddSelf(RequestBuffer requests, int index, ReadOnlySpan<byte> address) =>
        Compose(requests, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, index, address);

    /// <summary>Takes one user from an address; the link lets it in until there is none. ENOENT where it does not.</summary>
    internal static void ComposeRemoveSelf(RequestBuffer requests, int index, ReadOnlySpan<byte> address) => Compose(requests, RTM_DELNEIGH, 0, index, address);

    /// <summary>All entries of a link, or of all links. Old kernels do not filter: look at the index of each.</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="index">The link; 0 for all.</param>
    internal static void ComposeDump(RequestBuffer requests, int index)
    {
        using MessageWriter message = requests.Begin(RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(new NeighbourMessage { Family = AF_BRIDGE, Index = index });
    }

    /// <summary>Decodes the body of a message; nothing in it makes this throw.</summary>
    internal static NeighbourRecord Read(ReadOnlySpan<byte> body)
    {
        var record = new NeighbourRecord();
        if (body.Length < Marshal.SizeOf<NeighbourMessage>())
        {
            record.IsMalformed = true;
            return record;
        }

        NeighbourMessage header = MemoryMarshal.Read<NeighbourMessage>(body);
        record.Family = header.Family;
        record.Index = header.Index;
        record.IsSelf = (header.Flags & NTF_SELF) != 0;
        var attributes = new AttributeReader(body[Marshal.SizeOf<NeighbourMessage>()..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == NDA_LLADDR) record.Address = attributes.Value.ToArray();
        }

        record.IsMalformed = attributes.IsMalformed;
        return record;
    }

    private static void Compose(RequestBuffer requests, ushort type, int flags, int index, ReadOnlySpan<byte> address)
    {
        using MessageWriter message = requests.Begin(type, NLM_F_REQUEST | NLM_F_ACK | flags);
        message.Header(new NeighbourMessage { Family = AF_BRIDGE, Index = index, State = NUD_PERMANENT, Flags = NTF_SELF });
        message.Bytes(NDA_LLADDR, address);
    }
}
