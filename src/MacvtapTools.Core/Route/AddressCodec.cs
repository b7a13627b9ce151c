using System.Runtime.InteropServices;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>IP addresses of links: RTM_NEWADDR, RTM_DELADDR and RTM_GETADDR (net/ipv4/devinet.c, net/ipv6/addrconf.c).</summary>
internal static class AddressCodec
{
    internal const int IFA_ADDRESS = 1;
    internal const int IFA_LOCAL = 2;
    internal const int IFA_LABEL = 3;
    internal const int IFA_BROADCAST = 4;
    internal const int IFA_CACHEINFO = 6;
    internal const int IFA_FLAGS = 8;
    internal const int IFA_RT_PRIORITY = 9;
    internal const uint IFA_F_NODAD = 0x02;
    internal const uint IFA_F_TENTATIVE = 0x40;
    internal const uint IFA_F_NOPREFIXROUTE = 0x200;

    /// <summary>INFINITY_LIFE_TIME of include/net/addrconf.h, which user programs do not see.</summary>
    internal const uint Forever = uint.MaxValue;

    private const int PreferredOffset = 0;
    private const int ValidOffset = 4;

    /// <summary>Gives a link an address; EEXIST where it has it. What the record leaves at its default is not sent, and the kernel chooses.</summary>
    internal static void ComposeAdd(RequestBuffer requests, AddressRecord record)
    {
        using MessageWriter message = Begin(requests, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, record);
        if (record.Flags != 0) message.U32(IFA_FLAGS, record.Flags);
        if (record.Broadcast is { } broadcast) message.Bytes(IFA_BROADCAST, broadcast);
        if (record.Label is { } label) message.Text(IFA_LABEL, label);
        if (record.Metric is { } metric) message.U32(IFA_RT_PRIORITY, metric);
        if (record.ValidLifetime == Forever && record.PreferredLifetime == Forever) return;

        // struct ifa_cacheinfo: preferred, valid, created, changed; the kernel looks at the first two.
        message.Bytes(IFA_CACHEINFO, MemoryMarshal.AsBytes<uint>([record.PreferredLifetime, record.ValidLifetime, 0, 0]));
    }

    /// <summary>Takes an address from a link; EADDRNOTAVAIL where it does not have it.</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="index">The link.</param>
    /// <param name="address">4 or 16 bytes.</param>
    /// <param name="prefixLength">The prefix length that it was given with.</param>
    /// <param name="peer">The other end's address where it was given with one, or empty: two addresses may differ in the peer only.</param>
    internal static void ComposeRemove(RequestBuffer requests, int index, ReadOnlySpan<byte> address, int prefixLength, ReadOnlySpan<byte> peer) =>
        Begin(requests, RTM_DELADDR, 0, new AddressRecord { Family = FamilyOf(address), PrefixLength = prefixLength, Index = index, Local = address.ToArray(), Address = peer.IsEmpty ? null : peer.ToArray() }).Dispose();

    /// <summary>The addresses of a link, or of all. Old kernels do not filter: look at the index of each.</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="index">The link; 0 for all.</param>
    internal static void ComposeDump(RequestBuffer requests, int index)
    {
        using MessageWriter message = requests.Begin(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(new AddressMessage { Index = (uint)index });
    }

    /// <summary>Decodes the body of a message; nothing in it makes this throw.</summary>
    internal static AddressRecord Read(ReadOnlySpan<byte> body)
    {
        var record = new AddressRecord();
        if (body.Length < Marshal.SizeOf<AddressMessage>())
        {
            record.IsMalformed = true;
            return record;
        }

        AddressMessage header = MemoryMarshal.Read<AddressMessage>(body);
        record.Family = header.Family;
        record.PrefixLength = header.PrefixLength;
        record.Flags = header.Flags;
        record.Scope = header.Scope;
        record.Index = (int)header.Index;
        var attributes = new AttributeReader(body[Marshal.SizeOf<AddressMessage>()..]);
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFA_ADDRESS: record.Address = attributes.Value.ToArray(); break;
                case IFA_LOCAL: record.Local = attributes.Value.ToArray(); break;
                case IFA_BROADCAST: record.Broadcast = attributes.Value.ToArray(); break;
                case IFA_LABEL: record.Label = attributes.Text; break;
                case IFA_FLAGS: record.Flags = attributes.U32; break;
                case IFA_RT_PRIORITY: record.Metric = attributes.U32; break;
                case IFA_CACHEINFO when attributes.Value.Length >= ValidOffset + sizeof(uint):
                    record.PreferredLifetime = MemoryMarshal.Read<uint>(attributes.Value[PreferredOffset..]);
                    record.ValidLifetime = MemoryMarshal.Read<uint>(attributes.Value[ValidOffset..]);
                    break;
            }
        }

        record.IsMalformed = attributes.IsMalformed;
        return record;
    }

    private static MessageWriter Begin(RequestBuffer requests, ushort type, int messageFlags, AddressRecord record)
    {
        MessageWriter message = requests.Begin(type, NLM_F_REQUEST | NLM_F_ACK | messageFlags);
        message.Header(new AddressMessage { Family = record.Family, PrefixLength = (byte)record.PrefixLength, Scope = record.Scope, Index = (uint)record.Index });
        message.Bytes(IFA_LOCAL, record.Local);
        message.Bytes(IFA_ADDRESS, record.Address ?? record.Local);
        return message;
    }
}
