using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using MacvtapTools.Tests.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Tests.Links;

/// <summary>
/// Just enough of rtnetlink to answer the clients of links: it keeps links, changes them as the messages say, and can refuse, fall silent, lose
/// messages, ignore wishes and let things happen between two sends.
/// </summary>
internal sealed class FakeKernel : IDisposable
{
    private int _requests;

    internal FakeKernel()
    {
        Channel.OnSend = Answer;
        Conversation = new NetlinkConversation(Channel);
        Reader = new LinkReader(Conversation, null);
    }

    internal ScriptedChannel Channel { get; } = new();

    internal NetlinkConversation Conversation { get; }

    internal LinkReader Reader { get; }

    internal SortedDictionary<int, FakeLink> Links { get; } = [];

    /// <summary>Every request, in order: "NEWLINK 7", "GETLINK dump", "DELLINK group".</summary>
    internal List<string> Log { get; } = [];

    /// <summary>Given the number of a request (from 1) and its log line: the error to refuse it with, or null.</summary>
    internal Func<int, string, Errno?> Refuses { get; set; } = (_, _) => null;

    /// <summary>Given the number of a request (from 1) and its log line: whether it is acknowledged and not carried out.</summary>
    internal Func<int, string, bool> Ignores { get; set; } = (_, _) => false;

    /// <summary>Given the number of a send (from 1): what the first receive after it fails with. The requests are carried out all the same.</summary>
    internal Func<int, Errno?> Loses { get; set; } = _ => null;

    /// <summary>Called before a send with this number (from 1) is looked at.</summary>
    internal Action<int> Meanwhile { get; set; } = _ => { };

    /// <summary>Called after every request that was carried out, with its log line.</summary>
    internal Action<string> After { get; set; } = _ => { };

    internal bool Echoes { get; set; } = true;

    internal bool IgnoresQueueLength { get; set; }

    internal bool IgnoresKindChanges { get; set; }

    /// <summary>Every dump is interrupted, and lacks these.</summary>
    internal HashSet<int> MissingInInterruptedDumps { get; } = [];

    public void Dispose() => Conversation.Dispose();

    internal FakeLink Add(int index, string name, string? kind, int lower = 0) => Links[index] = new FakeLink { Index = index, Name = name, Kind = kind, Lower = lower };

    /// <summary>A link as the clients see it now, without a request.</summary>
    internal Link Get(int index)
    {
        LinkRecord record = LinkCodec.Read(Wire.Compose(RTM_NEWLINK, 0, Links[index].Write).AsSpan(MessageHeaderLength));
        return Link.From(record, new LinkNames(null, Links[index].LowerNamespaceId is null ? NameOf(Links[index].Lower) : null, NameOf(Links[index].Master)));
    }

    private string? NameOf(int index) => Links.TryGetValue(index, out FakeLink? link) ? link.Name : null;

    private void Answer(byte[] datagram)
    {
        Meanwhile(Channel.Sent.Count);
        if (Loses(Channel.Sent.Count) is { } lost) Channel.Fails(lost);
        var reader = new MessageReader(datagram);
        while (reader.MoveNext())
        {
            MessageHeader header = reader.Header;
            byte[] body = reader.Body.ToArray();
            string line = Describe(header, body);
            Log.Add(line);
            var replies = new List<byte[]>();
            Errno errno = Refuses(++_requests, line) ?? (Ignores(_requests, line) ? Errno.None : Carry(header, body, replies));
            if (errno == Errno.None) After(line);
            if ((header.Flags & NLM_F_DUMP) == NLM_F_DUMP && header.Type == RTM_GETLINK && errno == Errno.None)
                replies.Add(Wire.Done(header.Sequence, interrupted: MissingInInterruptedDumps.Count > 0));
            else
                replies.Add(Wire.Error(header.Sequence, errno));
            Channel.Gives([.. replies]);
        }
    }

    private static string Describe(in MessageHeader header, byte[] body)
    {
        LinkRecord record = LinkCodec.Read(body);
        string verb = header.Type switch { RTM_NEWLINK => "NEWLINK", RTM_DELLINK => "DELLINK", RTM_GETLINK => "GETLINK", RTM_NEWLINKPROP => "NEWLINKPROP", RTM_DELLINKPROP => "DELLINKPROP", _ => "SETLINK" };
        if (header.Type == RTM_GETLINK && (header.Flags & NLM_F_DUMP) == NLM_F_DUMP) return $"{verb} dump";
        return $"{verb} {(record.Index != 0 ? record.Index : record.Name.Length > 0 ? record.Name : "group")}";
    }

    private Errno Carry(in MessageHeader header, byte[] body, List<byte[]> replies)
    {
        LinkRecord wish = LinkCodec.Read(body);
        uint sequence = header.Sequence;
        if (header.Type == RTM_GETLINK && (header.Flags & NLM_F_DUMP) == NLM_F_DUMP)
        {
            foreach (FakeLink one in Links.Values.Where(l => !MissingInInterruptedDumps.Contains(l.Index))) replies.Add(Wire.Compose(RTM_NEWLINK, sequence, one.Write, NLM_F_MULTI));
            return Errno.None;
        }

        if (header.Type == RTM_NEWLINK && (header.Flags & NLM_F_CREATE) != 0) return Create(header, body, wish, replies);
        if (header.Type == RTM_DELLINK && wish.Index == 0) return DeleteGroup(wish.Group);
        FakeLink? link = wish.Index != 0 ? Links.GetValueOrDefault(wish.Index) : Links.Values.FirstOrDefault(l => l.Name == wish.Name);
        if (link is null) return Errno.ENODEV;
        switch (header.Type)
        {
            case RTM_GETLINK: replies.Add(Wire.Compose(RTM_NEWLINK, sequence, link.Write)); return Errno.None;
            case RTM_DELLINK when !link.IsRemovable: return Errno.EOPNOTSUPP;
            case RTM_DELLINK: Delete(link); return Errno.None;
            case RTM_NEWLINKPROP or RTM_DELLINKPROP: return FakeKinds.Rename(this, link, wish, header.Type == RTM_NEWLINKPROP);
            case RTM_SETLINK when DestinationOf(body) is not null: Links.Remove(link.Index); return Errno.None;
            default: return Change(link, body, wish);
        }
    }

    private Errno Create(in MessageHeader header, byte[] body, LinkRecord wish, List<byte[]> replies)
    {
        if (Links.Values.Any(l => l.Name == wish.Name)) return Errno.EEXIST;
        int index = wish.Index != 0 ? wish.Index : Links.Keys.LastOrDefault() + 1;
        FakeLink link = Add(index, wish.Name.Length == 0 ? $"{wish.Kind}0" : wish.Name.Replace("%d", "0", StringComparison.Ordinal), wish.Kind);

        // As the real one: a macvlan on a macvlan lands on the lower device of that one.
        FakeLink? lower = Links.GetValueOrDefault(wish.LinkIndex ?? 0);
        link.Lower = lower is { IsMacvlan: true } ? lower.Lower : lower?.Index ?? 0;
        if (wish.TransmitQueueCount != 0) link.Queues = wish.TransmitQueueCount;
        Change(link, body, wish);
        if (link.Mode == LinkMode.Passthru) link.Address = lower!.Address;
        if (Echoes && (header.Flags & NLM_F_ECHO) != 0) replies.Add(Wire.Compose(RTM_NEWLINK, header.Sequence, link.Write));
        return Errno.None;
    }

    private Errno Change(FakeLink link, byte[] body, LinkRecord wish)
    {
        uint change = BitConverter.ToUInt32(body, 12);
        link.Flags = (link.Flags & ~change) | (wish.Flags & change);
        var attributes = new AttributeReader(body.AsSpan(16));
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFLA.GROUP: link.Group = attributes.U32; break;
                case IFLA.MASTER: link.Master = attributes.S32; break;
                case IFLA.MTU: link.Mtu = attributes.U32; break;
                case IFLA.TXQLEN: link.TransmitQueueLength = attributes.U32; break;
                case IFLA.IFALIAS: link.Alias = wish.Alias; break;
                case IFLA.ADDRESS: link.Address = wish.Address!; break;
                case IFLA.PROTO_DOWN: link.ProtocolDown = attributes.U8 != 0; break;
                case IFLA.IFNAME: link.Name = wish.Name; break;
            }
        }

        if (wish.AddressGeneration is { } generation) link.Generation = generation;
        if (wish.Port is { } port && !IgnoresKindChanges)
        {
            if (link.Master == 0) return Errno.EOPNOTSUPP;
            FakeKinds.SetPort(link, port);
        }

        if (wish.Bridge is { } bridge && !IgnoresKindChanges) FakeKinds.SetBridge(link, bridge);
        if (wish.Macvlan is null) return Errno.None;
        if (wish.Kind != link.Kind) return Errno.EOPNOTSUPP;
        if (IgnoresKindChanges) return Errno.None;
        attributes = new AttributeReader(body.AsSpan(16));
        while (attributes.MoveNext())
        {
            if (attributes.Type == IFLA.LINKINFO) FakeKinds.SetMacvlan(link, FakeKinds.DataOf(attributes.Nested), IgnoresQueueLength);
        }

        return Errno.None;
    }

    /// <summary>The descriptor of the namespace that a link shall move to.</summary>
    private static int? DestinationOf(byte[] body)
    {
        var attributes = new AttributeReader(body.AsSpan(16));
        while (attributes.MoveNext())
        {
            if (attributes.Type == IFLA.NET_NS_FD) return attributes.S32;
        }

        return null;
    }

    private Errno DeleteGroup(uint group)
    {
        List<FakeLink> members = [.. Links.Values.Where(l => l.Group == group)];
        if (members.Count == 0) return Errno.ENODEV;
        if (members.Exists(l => !l.IsRemovable)) return Errno.EOPNOTSUPP;
        members.ForEach(Delete);
        return Errno.None;
    }

    /// <summary>Deletes a link, the other end of a veth pair, and what stands on it.</summary>
    private void Delete(FakeLink link)
    {
        if (!Links.Remove(link.Index)) return;
        foreach (FakeLink other in Links.Values.Where(l => l.Lower == link.Index || (link.Kind == "veth" && l.Index == link.Lower)).ToList()) Delete(other);
    }
}
