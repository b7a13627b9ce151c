using System.Globalization;
using System.Text;

namespace MacvtapTools.Forwarding;

/// <summary>Draws a matrix with letters.</summary>
internal static class MatrixDrawing
{
    internal const int UsualWidth = 80;

    private const int Narrowest = 40;

    private static readonly (char Letter, TrafficKind Arrives, string Meaning)[] Letters =
    [
        ('A', TrafficKind.All, "all"),
        ('C', TrafficKind.Unicast | TrafficKind.Broadcast, "unicast and broadcast"),
        ('V', TrafficKind.Unicast | TrafficKind.Multicast, "unicast and multicast"),
        ('U', TrafficKind.Unicast, "unicast"),
        ('G', TrafficKind.Broadcast | TrafficKind.Multicast, "broadcast and multicast"),
        ('B', TrafficKind.Broadcast, "broadcast"),
        ('M', TrafficKind.Multicast, "multicast"),
        ('-', TrafficKind.None, "nothing"),
    ];

    /// <summary>The whole drawing.</summary>
    /// <param name="model">Who reaches whom.</param>
    /// <param name="kinds">The kinds of frames that are asked about.</param>
    /// <param name="width">How many columns there are.</param>
    /// <param name="styles">The escape sequences of Good, Partly, Bad and Self, and Reset that ends them; null for no colours.</param>
    internal static string Draw(ForwardingModel model, TrafficKind kinds, int width, IReadOnlyDictionary<string, string>? styles = null)
    {
        ForwardingScene scene = model.Scene;
        int count = scene.EndpointCount;
        string[] rows = [.. Enumerable.Range(0, count).Select(i => Label(scene, i, count))];
        int label = rows.Max(r => r.Length);
        int digits = Number(count).Length;
        int room = Math.Max(1, (Math.Max(width, Narrowest) - label - 1) / (digits + 1));
        var used = new SortedSet<char>();
        var text = new StringBuilder();
        text.Append(Title(model, kinds)).Append('\n');
        for (int first = 0; first < count; first += room)
        {
            int last = Math.Min(first + room, count);
            text.Append('\n').Append(' ', label);
            for (int to = first; to < last; to++) text.Append(' ').Append(Number(to + 1).PadLeft(digits));
            text.Append('\n');
            for (int from = 0; from < count; from++)
            {
                text.Append(rows[from].PadRight(label));
                for (int to = first; to < last; to++)
                {
                    char letter = from == to ? '.' : Letter(model, kinds, from, to);
                    used.Add(letter);
                    text.Append(' ', digits).Append(Paint(letter, kinds, styles));
                }

                text.Append('\n');
            }
        }

        return text.Append('\n').Append(Legend(kinds, used)).ToString();
    }

    private static string Paint(char letter, TrafficKind kinds, IReadOnlyDictionary<string, string>? styles)
    {
        string part = letter switch
        {
            '.' => "Self",
            '-' => "Bad",
            _ when Array.Find(Letters, l => l.Letter == letter).Arrives == kinds => "Good",
            _ => "Partly",
        };
        return styles is not null && styles.TryGetValue(part, out string? style) ? $"{style}{letter}{styles.GetValueOrDefault("Reset")}" : letter.ToString();
    }

    /// <summary>What arrives, as one letter; a question mark where any of it depends.</summary>
    internal static char Letter(ForwardingModel model, TrafficKind kinds, int from, int to)
    {
        TrafficKind arrives = TrafficKind.None;
        foreach (TrafficKind kind in TrafficKinds.Of(kinds))
        {
            Reachability reachable = model.Decide(from, to, kind).Reachable;
            if (reachable == Reachability.Depends) return '?';
            if (reachable == Reachability.Delivered) arrives |= kind;
        }

        return Array.Find(Letters, l => l.Arrives == arrives).Letter;
    }

    private static string Title(ForwardingModel model, TrafficKind kinds)
    {
        SceneSwitch behind = model.Scene.Switch;
        string place = behind switch
        {
            { Bridge: not null } => $"{RuleText.Port(behind)}, hairpin {(behind.Behaviour == SwitchBehaviour.ReflectiveRelay ? "on" : "off")}",
            { IsDeadEnd: true } => "nothing",
            { Behaviour: SwitchBehaviour.None, Port: { } peer } => $"{peer}, no port of a bridge",
            _ => $"switch: {behind.Behaviour}",
        };
        string group = (kinds & TrafficKind.Multicast) != 0 ? $", group {MacNumber.Text(model.Group)}" : string.Empty;
        return $"{model.Scene.Lower.Name} ({place}){group}\nRows send, columns receive.";
    }

    private static string Label(ForwardingScene scene, int endpoint, int count)
    {
        string number = Number(endpoint + 1).PadLeft(Number(count).Length);
        string name = scene.NameOf(endpoint);
        if (endpoint == scene.Host) return $"{number} {name} ({scene.Lower.Name})";
        if (endpoint == scene.Outside) return $"{number} {name}";
        SceneLink link = scene.Links[endpoint];
        return $"{number} {name} {link.Mode.ToString().ToLowerInvariant()}{(link.IsUp ? string.Empty : ", down")}";
    }

    private static string Legend(TrafficKind kinds, SortedSet<char> used)
    {
        var parts = Letters.Where(l => used.Contains(l.Letter)).Select(l => $"{l.Letter} {(l.Letter == '-' && kinds != TrafficKind.All ? "not" : l.Meaning)}").ToList();
        if (used.Contains('?')) parts.Add("? depends on what is not known");
        return string.Join("  ", parts);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
