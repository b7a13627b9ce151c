using System.Globalization;
using MacvtapTools.Forwarding;

namespace MacvtapTools.Topology;

/// <summary>
/// Who reaches whom on one lower device, short enough to be drawn: links that reach the same and are reached by the same are one entry where there are many. What it
/// says is exact: links are only put together when the model says the same of each pair.
/// </summary>
internal sealed class ReachSummary
{
    /// <summary>Up to here each link is an entry of its own.</summary>
    internal const int MostSingle = 8;

    private const int MostForArrows = 12;
    private const int MostInMatrix = 130;

    private readonly ReachCell[,] _cells;

    private ReachSummary(ForwardingScene scene, TrafficKind kind, IReadOnlyList<ReachEntry> entries, ReachCell[,] cells)
    {
        Scene = scene;
        Kind = kind;
        Entries = entries;
        _cells = cells;
        ForArrows = this;
    }

    internal ForwardingScene Scene { get; }

    internal TrafficKind Kind { get; }

    internal IReadOnlyList<ReachEntry> Entries { get; }

    internal ReachCell this[int from, int to] => _cells[from, to];

    /// <summary>What the summary is about, in a line.</summary>
    internal string Title
    {
        get
        {
            SceneSwitch behind = Scene.Switch;
            string place = behind switch
            {
                { Bridge: { } bridge } => $"behind it {behind.Port} of {bridge}, hairpin {(behind.Behaviour == SwitchBehaviour.ReflectiveRelay ? "on" : "off")}",
                { Behaviour: SwitchBehaviour.None } => "no switch behind it",
                _ => "an unknown switch behind it",
            };
            return $"{Kind} on {Scene.Lower.Name}{(Scene.Lower.NetworkNamespace is { } there ? $" in {there}" : string.Empty)}, {place}";
        }
    }

    /// <summary>Asks the model about every pair, and puts alike links together where there are many.</summary>
    internal static ReachSummary Of(ForwardingModel model, TrafficKind kind)
    {
        ForwardingScene scene = model.Scene;
        int count = scene.EndpointCount;
        var pairs = new ReachCell[count, count];
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                if (from != to) pairs[from, to] = model.Decide(from, to, kind).Reachable switch { Reachability.Delivered => ReachCell.Delivered, Reachability.Depends => ReachCell.Depends, _ => ReachCell.NotDelivered };
            }
        }

        int[] single = [.. Enumerable.Range(0, count)];
        if (count <= MostSingle) return Build(scene, kind, pairs, single);
        ReachSummary grouped = Build(scene, kind, pairs, Refine(pairs, Alike(scene)));
        ReachSummary whole = grouped.IsExact || count > MostInMatrix ? grouped : Build(scene, kind, pairs, single);
        if (whole.Entries.Count > MostForArrows) whole.ForArrows = Build(scene, kind, pairs, Alike(scene));
        return whole;
    }

    /// <summary>The same with at most as many entries as arrows can be drawn between: links with the same settings are one, and what differs among them is Some.</summary>
    internal ReachSummary ForArrows { get; private set; }

    private bool IsExact => !_cells.Cast<ReachCell>().Contains(ReachCell.Some);

    /// <summary>A first guess: links with the same settings. Host and outside are alone.</summary>
    private static int[] Alike(ForwardingScene scene)
    {
        Dictionary<(bool, LinkMode, ModeFlag, bool, bool), int> known = [];
        int[] groups = new int[scene.EndpointCount];
        for (int i = 0; i < scene.Links.Count; i++)
        {
            SceneLink link = scene.Links[i];
            (bool, LinkMode, ModeFlag, bool, bool) key = (link.IsTap, link.Mode, link.Flags, link.IsUp, link.HasCarrier);
            if (!known.TryGetValue(key, out int group)) known[key] = group = known.Count;
            groups[i] = group;
        }

        groups[scene.Host] = known.Count;
        groups[scene.Outside] = known.Count + 1;
        return groups;
    }

    /// <summary>Parts groups whose members do not reach the same groups, until nothing changes. Numbers are given in the order of the links.</summary>
    private static int[] Refine(ReachCell[,] pairs, int[] groups)
    {
        int before = 0;
        while (groups.Max() + 1 is var now && now != before)
        {
            before = now;
            Dictionary<string, int> known = new(StringComparer.Ordinal);
            int[] next = new int[groups.Length];
            int[] seen = new int[now * 2];
            for (int i = 0; i < groups.Length; i++)
            {
                Array.Clear(seen);
                for (int k = 0; k < groups.Length; k++)
                {
                    if (k == i) continue;
                    seen[groups[k] * 2] |= 1 << (int)pairs[i, k];
                    seen[(groups[k] * 2) + 1] |= 1 << (int)pairs[k, i];
                }

                string signature = $"{groups[i]}:{string.Join(',', seen)}";
                if (!known.TryGetValue(signature, out int group)) known[signature] = group = known.Count;
                next[i] = group;
            }

            groups = next;
        }

        return groups;
    }

    private static ReachSummary Build(ForwardingScene scene, TrafficKind kind, ReachCell[,] pairs, int[] groups)
    {
        int count = groups.Max() + 1;
        List<int>[] members = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (int i = 0; i < groups.Length; i++) members[groups[i]].Add(i);
        var cells = new ReachCell[count, count];
        for (int from = 0; from < groups.Length; from++)
        {
            for (int to = 0; to < groups.Length; to++)
            {
                if (from == to) continue;
                ref ReachCell cell = ref cells[groups[from], groups[to]];
                cell = cell == ReachCell.None || cell == pairs[from, to] ? pairs[from, to] : ReachCell.Some;
            }
        }

        return new ReachSummary(scene, kind, [.. members.Select(m => Describe(scene, m))], cells);
    }

    private static ReachEntry Describe(ForwardingScene scene, List<int> members)
    {
        string[] names = [.. members.Select(scene.NameOf)];
        int first = members[0];
        if (first == scene.Host) return new ReachEntry($"Host ({scene.Lower.Name})", null, names, TopologyRole.LowerDevice);
        if (first == scene.Outside) return new ReachEntry(names[0], null, names, TopologyRole.Elsewhere);
        SceneLink link = scene.Links[first];
        TopologyRole role = link.IsTap ? TopologyRole.Macvtap : TopologyRole.Macvlan;
        string detail = $"{(link.IsTap ? "macvtap" : "macvlan")} {link.Mode.ToString().ToLowerInvariant()}{(link.IsUp ? string.Empty : ", down")}";
        return names.Length == 1
            ? new ReachEntry(names[0], detail, names, role)
            : new ReachEntry($"{names.Length.ToString(CultureInfo.InvariantCulture)} links: {names[0]} to {names[^1]}", detail, names, role);
    }
}
