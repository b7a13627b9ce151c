using System.Text;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Reads links of one network namespace.</summary>
/// <param name="conversation">The conversation with the kernel.</param>
/// <param name="networkNamespace">How the user called the namespace; null for the current one.</param>
/// <param name="physical">Tells of the device behind a physical link; null where nothing can.</param>
internal sealed class LinkReader(NetlinkConversation conversation, string? networkNamespace, Func<string, PhysicalFacts?>? physical = null)
{
    private const int LongestAlternativeName = 127;

    private readonly AccountNames _accounts = new();
    private NamespaceFinder? _namespaces;

    /// <summary>How the user called the namespace; null for the current one.</summary>
    internal string? NetworkNamespace => networkNamespace;

    /// <summary>The link with an index, or null.</summary>
    internal Link? Find(int index) => FindRecord(index) is { } record ? Name(record) : null;

    /// <summary>The link with a name or alternative name, or null.</summary>
    internal Link? Find(string name) => FindRecord(name) is { } record ? Name(record) : null;

    /// <summary>The bare record with an index, or null.</summary>
    internal LinkRecord? FindRecord(int index)
    {
        if (index <= 0) return null;
        LinkRequests.Get(conversation.Compose(), index);
        return ReadOne($"read the link with index {index}");
    }

    /// <summary>The bare record with a name or alternative name, or null.</summary>
    internal LinkRecord? FindRecord(string name)
    {
        int length = Encoding.UTF8.GetByteCount(name);
        if (length is 0 or > LongestAlternativeName || name.Contains('\0')) return null;
        LinkRequests.Get(conversation.Compose(), name);
        return ReadOne($"read the link {name}");
    }

    /// <summary>All links, or those of one kind, in the kernel's order.</summary>
    /// <param name="kind">The kernel's name of a kind, or null.</param>
    /// <param name="hasStatistics">Whether the counters are wanted; without them the answer is a fourth shorter.</param>
    internal LinkList List(string? kind = null, bool hasStatistics = true)
    {
        var records = new List<LinkRecord>();
        DumpOutcome outcome = conversation.Dump(
            requests => LinkRequests.Dump(requests, kind, hasStatistics),
            records.Clear,
            (_, type, body) =>
            {
                if (type != RtnetlinkConstants.RTM_NEWLINK) return;
                LinkRecord record = LinkCodec.Read(body);
                if (kind is null || record.Kind == kind) records.Add(record);
            },
            "list the links");
        return new LinkList(Name(records), outcome.IsInterrupted);
    }

    /// <summary>The id by which this namespace knows another one, or null where it does not.</summary>
    internal int? NamespaceIdOf(NamespaceHandle other)
    {
        int? id = null;
        NamespaceIdCodec.ComposeGet(conversation.Compose(), (int)other.File.DangerousGetHandle());
        conversation.Exchange((_, _, body) => id = NamespaceIdCodec.Read(body))[0].ThrowIfFailed($"find the id of network namespace {other.DisplayName}");
        return id;
    }

    /// <summary>The namespace that this one knows by an id; null where it has no name, or may not be opened.</summary>
    internal NetworkNamespace? NamespaceOf(int id) => (_namespaces ??= new NamespaceFinder(NamespaceIdOf)).Find(id);

    /// <summary>Gives a record the names behind its indexes.</summary>
    internal Link Name(LinkRecord record) => Name(record, NameOfLinked(record, NameHere));

    /// <summary>The same, where the lower device's name is known already.</summary>
    internal Link Name(LinkRecord record, string? lower) =>
        Link.From(record, Names(record, lower, record.MasterIndex is { } master ? NameHere(master) : null));

    private Link[] Name(List<LinkRecord> records)
    {
        var names = new Dictionary<int, string?>(records.Count);
        var elsewhere = new Dictionary<(int Index, int Id), string?>();
        foreach (LinkRecord record in records) names[record.Index] = record.Name;
        var links = new Link[records.Count];
        for (int i = 0; i < links.Length; i++)
        {
            LinkRecord record = records[i];
            links[i] = Link.From(record, Names(record, record is { LinkIndex: > 0, LinkNamespaceId: { } id } ? NameThere(record, id) : NameOfLinked(record, NameOf), record.MasterIndex is { } master ? NameOf(master) : null));
        }

        return links;

        string? NameOf(int index)
        {
            if (!names.TryGetValue(index, out string? name)) names[index] = name = NameHere(index);
            return name;
        }

        string? NameThere(LinkRecord record, int id)
        {
            (int, int) key = (record.LinkIndex!.Value, id);
            return elsewhere.TryGetValue(key, out string? name) ? name : elsewhere[key] = NameElsewhere(record.LinkIndex.Value, id);
        }
    }

    private LinkNames Names(LinkRecord record, string? lower, string? master) => new(networkNamespace, lower, master)
    {
        Accounts = _accounts,
        Physical = physical,
        LowerDeviceNamespace = record is { LinkIndex: > 0, LinkNamespaceId: { } id } ? NamespaceOf(id)?.ToString() : null,
    };

    /// <summary>The name behind an index; null where the kernel does not say it, which is no reason to lose the link itself.</summary>
    private string? NameHere(int index)
    {
        try
        {
            return FindRecord(index)?.Name;
        }
        catch (NetlinkException)
        {
            return null;
        }
    }

    private string? NameOfLinked(LinkRecord record, Func<int, string?> here) => record switch
    {
        { LinkIndex: > 0 and { } there, LinkNamespaceId: { } id } => NameElsewhere(there, id),
        { LinkIndex: { } index, LinkNamespaceId: null } when index != record.Index => here(index),
        _ => null,
    };

    /// <summary>
    /// The name of a link of a namespace that this one has an id for; null where it may not be asked. The kernel answers over this socket, without anybody entering the
    /// namespace (IFLA_TARGET_NETNSID, rtnl_get_net_ns_capable in net/core/rtnetlink.c).
    /// </summary>
    private string? NameElsewhere(int index, int id)
    {
        LinkRecord? found = null;
        LinkRequests.GetElsewhere(conversation.Compose(), index, id);
        RequestOutcome outcome = conversation.Exchange((_, _, body) => found = LinkCodec.Read(body))[0];
        return outcome.Succeeded ? found?.Name : null;
    }

    private LinkRecord? ReadOne(string operation)
    {
        LinkRecord? found = null;
        RequestOutcome outcome = conversation.Exchange((_, _, body) => found = LinkCodec.Read(body))[0];
        if (outcome.Errno is Errno.ENODEV) return null;
        outcome.ThrowIfFailed(operation);
        return found;
    }
}
