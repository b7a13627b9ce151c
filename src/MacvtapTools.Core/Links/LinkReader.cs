using System.Text;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Reads links of one network namespace.</summary>
internal sealed class LinkReader(NetlinkConversation conversation, string? networkNamespace)
{
    private const int LongestAlternativeName = 127;

    private readonly AccountNames _accounts = new();

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
    internal LinkList List(string? kind = null)
    {
        var records = new List<LinkRecord>();
        DumpOutcome outcome = conversation.Dump(
            requests => LinkRequests.Dump(requests, kind),
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

    /// <summary>Gives a record the names behind its indexes; where the lower device lives in another namespace there is none.</summary>
    internal Link Name(LinkRecord record)
    {
        string? lower = record is { LinkIndex: { } index, LinkNamespaceId: null } && index != record.Index ? FindRecord(index)?.Name : null;
        return Name(record, lower);
    }

    /// <summary>The same, where the lower device's name is known already.</summary>
    internal Link Name(LinkRecord record, string? lower)
    {
        string? master = record.MasterIndex is { } masterIndex ? FindRecord(masterIndex)?.Name : null;
        return Link.From(record, new LinkNames(networkNamespace, lower, master) { Accounts = _accounts });
    }

    private Link[] Name(List<LinkRecord> records)
    {
        var names = new Dictionary<int, string?>(records.Count);
        foreach (LinkRecord record in records) names[record.Index] = record.Name;
        var links = new Link[records.Count];
        for (int i = 0; i < links.Length; i++)
        {
            LinkRecord record = records[i];
            string? lower = record is { LinkIndex: { } index, LinkNamespaceId: null } && index != record.Index ? NameOf(index) : null;
            string? master = record.MasterIndex is { } masterIndex ? NameOf(masterIndex) : null;
            links[i] = Link.From(record, new LinkNames(networkNamespace, lower, master) { Accounts = _accounts });
        }

        return links;

        string? NameOf(int index)
        {
            if (!names.TryGetValue(index, out string? name)) names[index] = name = FindRecord(index)?.Name;
            return name;
        }
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
