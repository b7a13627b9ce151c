using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MacvtapTools.Netlink;
using static MacvtapTools.Netlink.NetlinkConstants;
using static MacvtapTools.Route.RtnetlinkConstants;

namespace MacvtapTools.Route;

/// <summary>
/// The hook clsact of a link and the classic BPF filters on it: RTM_NEWQDISC, RTM_DELQDISC (net/sched/sch_api.c), RTM_NEWTFILTER, RTM_DELTFILTER, RTM_GETTFILTER
/// (net/sched/cls_api.c), kind bpf (net/sched/cls_bpf.c). The kernel keeps no name of a classic program (TCA_BPF_NAME is only for extended ones).
/// </summary>
internal static class TrafficControlCodec
{
    internal const uint TC_H_CLSACT = 0xFFFFFFF1;
    internal const uint TC_H_MIN_INGRESS = 0xFFF2;
    internal const uint TC_H_MIN_EGRESS = 0xFFF3;

    internal const int TCA_KIND = 1;
    internal const int TCA_OPTIONS = 2;
    internal const int TCA_CHAIN = 11;
    internal const int TCA_INGRESS_BLOCK = 13;
    internal const int TCA_EGRESS_BLOCK = 14;

    internal const int TCA_BPF_CLASSID = 3;
    internal const int TCA_BPF_OPS_LEN = 4;
    internal const int TCA_BPF_OPS = 5;
    internal const int TCA_BPF_FLAGS = 8;

    internal const uint TCA_BPF_FLAG_ACT_DIRECT = 1;

    internal const int TC_ACT_UNSPEC = -1;
    internal const int TC_ACT_OK = 0;
    internal const int TC_ACT_SHOT = 2;

    internal const ushort ETH_P_ALL = 3;

    /// <summary>The kind of the hook.</summary>
    internal const string Clsact = "clsact";

    /// <summary>The kind of our filters.</summary>
    internal const string Bpf = "bpf";

    /// <summary>Every clsact has this handle; the kernel knows one for each link.</summary>
    private const uint ClsactHandle = 0xFFFF0000;

    private const int PriorityShift = 16;
    private const int InstructionLength = 8; // struct sock_filter

    /// <summary>The hook of what leaves the link: what the guest sends.</summary>
    internal static uint Egress => (TC_H_CLSACT & ClsactHandle) | TC_H_MIN_EGRESS;

    /// <summary>The hook of what comes to the link: what the guest receives.</summary>
    internal static uint Ingress => (TC_H_CLSACT & ClsactHandle) | TC_H_MIN_INGRESS;

    /// <summary>Gives a link the hook. EEXIST where it, or the older hook "ingress", is there; ENOENT or EOPNOTSUPP where the kernel has none.</summary>
    internal static void ComposeAddHook(RequestBuffer requests, int index) => ComposeHook(requests, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, index);

    /// <summary>The queueing disciplines of all links, hooks among them. The kernel filters by nothing.</summary>
    internal static void ComposeHookDump(RequestBuffer requests)
    {
        using MessageWriter message = requests.Begin(RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(default(TrafficControlMessage));
    }

    /// <summary>Takes the hook from a link, with all that hangs on it.</summary>
    internal static void ComposeRemoveHook(RequestBuffer requests, int index) => ComposeHook(requests, RTM_DELQDISC, 0, index);

    /// <summary>Adds a filter, or puts its program in the place of the one that has its handle: no frame sees neither of them (list_replace_rcu in cls_bpf_change).</summary>
    internal static void ComposeSet(RequestBuffer requests, FilterRecord filter)
    {
        using MessageWriter message = requests.Begin(RTM_NEWTFILTER, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE);
        Begin(message, filter);
        using MessageWriter.NestScope options = message.Nest(TCA_OPTIONS);
        message.U16(TCA_BPF_OPS_LEN, (ushort)(filter.Program.Length / InstructionLength));
        message.Bytes(TCA_BPF_OPS, filter.Program);
        message.U32(TCA_BPF_CLASSID, filter.ClassId);
        message.U32(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
    }

    /// <summary>Removes a filter; ENOENT where it is gone.</summary>
    internal static void ComposeRemove(RequestBuffer requests, FilterRecord filter)
    {
        using MessageWriter message = requests.Begin(RTM_DELTFILTER, NLM_F_REQUEST | NLM_F_ACK);
        Begin(message, filter);
    }

    /// <summary>All filters of one hook of a link; none where it has no hook.</summary>
    internal static void ComposeDump(RequestBuffer requests, int index, uint parent)
    {
        using MessageWriter message = requests.Begin(RTM_GETTFILTER, NLM_F_REQUEST | NLM_F_DUMP);
        message.Header(new TrafficControlMessage { Index = index, Parent = parent });
    }

    /// <summary>Decodes the body of a message; nothing in it makes this throw.</summary>
    internal static FilterRecord Read(ReadOnlySpan<byte> body)
    {
        var record = new FilterRecord();
        int length = Marshal.SizeOf<TrafficControlMessage>();
        if (body.Length < length)
        {
            record.IsMalformed = true;
            return record;
        }

        TrafficControlMessage header = MemoryMarshal.Read<TrafficControlMessage>(body);
        record.Index = header.Index;
        record.Handle = header.Handle;
        record.Parent = header.Parent;
        record.Priority = (ushort)(header.Info >> PriorityShift);
        record.Protocol = BinaryPrimitives.ReverseEndianness((ushort)header.Info);
        var attributes = new AttributeReader(body[length..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == TCA_KIND) record.Kind = attributes.Text;
            else if (attributes.Type == TCA_CHAIN) record.Chain = attributes.U32;
            else if (attributes.Type == TCA_INGRESS_BLOCK) record.IngressBlock = attributes.U32;
            else if (attributes.Type == TCA_EGRESS_BLOCK) record.EgressBlock = attributes.U32;
            else if (attributes.Type == TCA_OPTIONS && record.Kind == Bpf) ReadOptions(record, attributes.Value);
        }

        record.IsMalformed |= attributes.IsMalformed;
        return record;
    }

    private static void ReadOptions(FilterRecord record, ReadOnlySpan<byte> options)
    {
        int count = -1;
        var attributes = new AttributeReader(options);
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case TCA_BPF_CLASSID:
                    record.ClassId = attributes.U32;
                    break;
                case TCA_BPF_OPS_LEN:
                    count = attributes.U16;
                    break;
                case TCA_BPF_OPS:
                    record.Program = attributes.Value.ToArray();
                    break;
                case TCA_BPF_FLAGS:
                    record.IsDirect = (attributes.U32 & TCA_BPF_FLAG_ACT_DIRECT) != 0;
                    break;
            }
        }

        record.IsMalformed |= attributes.IsMalformed || (count >= 0 && record.Program.Length != count * InstructionLength);
    }

    private static void ComposeHook(RequestBuffer requests, ushort type, int flags, int index)
    {
        using MessageWriter message = requests.Begin(type, NLM_F_REQUEST | NLM_F_ACK | flags);
        message.Header(new TrafficControlMessage { Index = index, Handle = ClsactHandle, Parent = TC_H_CLSACT });
        message.Text(TCA_KIND, Clsact);
    }

    private static void Begin(MessageWriter message, FilterRecord filter)
    {
        message.Header(new TrafficControlMessage
        {
            Index = filter.Index,
            Handle = filter.Handle,
            Parent = filter.Parent,
            Info = ((uint)filter.Priority << PriorityShift) | BinaryPrimitives.ReverseEndianness(filter.Protocol),
        });
        message.Text(TCA_KIND, Bpf);
    }
}
