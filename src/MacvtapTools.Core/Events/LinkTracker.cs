using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Events;

/// <summary>
/// What is known of the links of one namespace, and what the kernel's announcements and lists mean for it. It asks nothing and waits for nothing: the same
/// messages always give the same events. Whoever applies these to what was known before, in order, has what is known afterwards.
/// </summary>
/// <param name="networkNamespace">How the user called the namespace; null for the current one.</param>
/// <param name="report">Takes each event.</param>
internal sealed class LinkTracker(string? networkNamespace, Action<LinkEvent> report)
{
    private static readonly string[] PlaceInBridge = [nameof(Link.Master), nameof(Link.MasterIndex)];

    private readonly AccountNames _accounts = new();
    private readonly Dictionary<int, Link> _links = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Lower devices and peers in other namespaces, which no announcement names.</summary>
    private Dictionary<(int Index, int NamespaceId), LinkNames> _elsewhere = [];

    /// <summary>The links as they are known now, by index.</summary>
    internal IReadOnlyDictionary<int, Link> Links => _links;

    /// <summary>Whether a link was announced whose lower device or peer is in another namespace and was in no list yet.</summary>
    internal bool LacksName { get; private set; }

    /// <summary>Takes an announcement.</summary>
    internal void Apply(in LinkMessage message, DateTime time)
    {
        LinkRecord record = message.Record;
        _links.TryGetValue(record.Index, out Link? known);
        if (message.Family == RtnetlinkConstants.AF_BRIDGE)
        {
            // About a port, not about the link: it neither makes nor deletes one. The bridge itself also announces so, as its own master and without port facts.
            if (known is null) return;
            if (!message.IsDeletion && record.Port is { } port && record.MasterIndex is { } master && master != record.Index) Update(known.Record.WithPort(port, master), time, false);
            else if (message.IsDeletion && known.Record.Port is not null && known.MasterIndex == record.MasterIndex) Update(known.Record.WithPort(null, null), time, false);
        }
        else if (!message.IsDeletion)
        {
            Update(record, time, false);
        }
        else if (known is not null)
        {
            bool moves = record.NewIndex is not null || record.NewNamespaceId is not null;
            Remove(known, time, false, moves ? record : null);
            FollowNames(record.Index, time, false);
        }
    }

    /// <summary>Takes the names of lower devices and peers in other namespaces, which the reader of a list found out. A <see cref="Synchronise"/> with that list follows.</summary>
    internal void NoteElsewhere(IReadOnlyList<Link> links)
    {
        var names = new Dictionary<(int, int), LinkNames>();
        foreach (Link link in links)
        {
            if (KeyElsewhere(link.Record) is { } key) names[key] = new LinkNames(networkNamespace, link.LinkedName, null) { LowerDeviceNamespace = link.LinkedNamespace };
        }

        // Links that were announced while the list was read may be missing from it, and keep what is known.
        foreach (Link link in _links.Values)
        {
            if (KeyElsewhere(link.Record) is { } key && _elsewhere.TryGetValue(key, out LinkNames known)) names.TryAdd(key, known);
        }

        _elsewhere = names;
        LacksName = false;
    }

    /// <summary>Takes the kernel's list, and reports each difference as found and not announced.</summary>
    /// <param name="list">The records of a dump.</param>
    /// <param name="isComplete">Whether the dump was read without interruption; if not, a link that it lacks may be there all the same.</param>
    /// <param name="newer">Links of which announcements came since the dump began: those know better.</param>
    /// <param name="time">The time of the events.</param>
    internal void Synchronise(IReadOnlyList<LinkRecord> list, bool isComplete, NewerLinks newer, DateTime time)
    {
        Dictionary<int, LinkRecord> there = new(list.Count);
        foreach (LinkRecord record in list)
        {
            if (!newer.Links.Contains(record.Index)) there[record.Index] = record;
        }

        // First what is gone, so that its name is free, then all names, so that each link finds that of its lower device whatever the order.
        foreach (Link gone in isComplete ? _links.Values.Where(l => !there.ContainsKey(l.InterfaceIndex) && !newer.Links.Contains(l.InterfaceIndex)).ToList() : []) Remove(gone, time, true, null);
        foreach (LinkRecord record in there.Values) _names[record.Index] = record.Name;
        foreach (LinkRecord record in there.Values)
        {
            bool portIsNewer = newer.Ports.Contains(record.Index) && _links.ContainsKey(record.Index);
            Update(portIsNewer ? record.WithPort(_links[record.Index].Record.Port, _links[record.Index].MasterIndex) : record, time, true);
        }

        FollowNames(null, time, true);
    }

    /// <summary>Reports every link as gone: the namespace is no longer watched.</summary>
    internal void Clear(DateTime time)
    {
        foreach (Link link in _links.Values.ToList()) Remove(link, time, true, null);
    }

    private void Update(LinkRecord record, DateTime time, bool resync)
    {
        if (_links.TryGetValue(record.Index, out Link? before) && before.Kind != record.Kind)
        {
            // A link keeps its kind: this is another one that got the index of one whose deletion was lost.
            Remove(before, time, true, null);
            before = null;
        }

        if (before is not null) record.CompleteFrom(before.Record);
        bool isRenamed = before?.Name != record.Name;
        _names[record.Index] = record.Name;
        LacksName |= !resync && KeyElsewhere(record) is { } key && !_elsewhere.ContainsKey(key);
        Link after = Make(record);
        _links[record.Index] = after;
        if (before is null) report(new LinkEvent(LinkEventKind.Added, time, after, null, [], resync));
        else Compare(before, after, time, resync);
        if (isRenamed && !resync) FollowNames(record.Index, time, false);
    }

    private void Remove(Link link, DateTime time, bool resync, LinkRecord? destination)
    {
        _links.Remove(link.InterfaceIndex);
        _names.Remove(link.InterfaceIndex);
        LinkEventKind kind = destination is null ? LinkEventKind.Removed : LinkEventKind.Moved;
        report(new LinkEvent(kind, time, null, link, [], resync) { Destination = destination });
    }

    /// <summary>The kernel does not announce that the lower device or the master of a link has another name now.</summary>
    /// <param name="index">The link that got the name, or lost it; null for any.</param>
    /// <param name="time">The time of the events.</param>
    /// <param name="resync">Whether they were found and not announced.</param>
    private void FollowNames(int? index, DateTime time, bool resync)
    {
        List<Link>? followers = null;
        foreach (Link link in _links.Values)
        {
            bool follows = index is null || link.Record.LinkIndex == index || link.MasterIndex == index;
            if (follows && (link.LinkedName != LowerName(link.Record) || link.LinkedNamespace != LowerNamespace(link.Record) || link.Master != MasterName(link.Record))) (followers ??= []).Add(link);
        }

        if (followers is null) return;
        foreach (Link before in followers)
        {
            Link after = Make(before.Record);
            _links[before.InterfaceIndex] = after;
            Compare(before, after, time, resync);
        }
    }

    private Link Make(LinkRecord record) => Link.From(record, new LinkNames(networkNamespace, LowerName(record), MasterName(record)) { Accounts = _accounts, LowerDeviceNamespace = LowerNamespace(record) });

    private static (int Index, int NamespaceId)? KeyElsewhere(LinkRecord record) => record is { LinkIndex: > 0 and { } index, LinkNamespaceId: { } id } ? (index, id) : null;

    private string? LowerName(LinkRecord record) => record switch
    {
        _ when KeyElsewhere(record) is { } key => _elsewhere.GetValueOrDefault(key).LowerDevice,
        { LinkIndex: { } index, LinkNamespaceId: null } when index != record.Index => _names.GetValueOrDefault(index),
        _ => null,
    };

    private string? LowerNamespace(LinkRecord record) => KeyElsewhere(record) is { } key ? _elsewhere.GetValueOrDefault(key).LowerDeviceNamespace : null;

    private string? MasterName(LinkRecord record) => record.MasterIndex is { } index ? _names.GetValueOrDefault(index) : null;

    /// <summary>Reports the differences: one event for leaving a bridge, one for joining one, one for hairpin, and one for all the rest.</summary>
    private void Compare(Link before, Link after, DateTime time, bool resync)
    {
        List<string> changed = LinkComparison.Links(before, after);
        List<string> port = LinkComparison.Ports(before, after);
        int? left = before.Record.Port is null ? null : before.MasterIndex;
        int? joined = after.Record.Port is null ? null : after.MasterIndex;
        if (left != joined)
        {
            port.Clear();
            changed.RemoveAll(n => PlaceInBridge.Contains(n));
            if (left is not null) Report(LinkEventKind.PortLeft, PlaceInBridge);
            if (joined is not null) Report(LinkEventKind.PortJoined, PlaceInBridge);
        }

        if (port.Contains(nameof(BridgePort.Hairpin))) Report(LinkEventKind.HairpinChanged, port);
        else changed.AddRange(port);
        if (changed.Count > 0) Report(LinkEventKind.Changed, changed);

        void Report(LinkEventKind kind, IReadOnlyList<string> names) => report(new LinkEvent(kind, time, after, before, names, resync));
    }
}
